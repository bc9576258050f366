using System.Globalization;
using System.Text;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Writes a draft as a scenario that its reader can edit: what could be varied is there, behind a #.</summary>
public static class DraftWriter
{
    /// <summary>Proposals of one kind that are shown.</summary>
    private const int MostShown = 20;

    private const int CommentColumn = 52;

    public static string Write(ScenarioDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var text = new StringBuilder();
        Head(text, draft);
        Service(text, draft);
        Rehearsal(text, draft);
        if (draft.Cases is { } cases)
        {
            Table(text, cases);
        }
        else
        {
            Sweep(text, draft);
        }

        Request(text, draft);
        Results(text, draft.Results);
        Limits(text);
        return text.ToString();
    }

    private static void Head(StringBuilder text, ScenarioDraft draft)
    {
        if (draft.Schema is { } schema)
        {
            Line(text, $"# yaml-language-server: $schema={schema}");
        }

        Line(text, "# `aimms-batch plan` shows what this would run, `aimms-batch explain KEY` what a key says.");
        Line(text, $"name: {draft.Name}");
        Line(text);
    }

    private static void Service(StringBuilder text, ScenarioDraft draft)
    {
        Line(text, "service:");
        if (draft.Profile is { } profile)
        {
            Line(text, $"  use: {YamlText.Of(profile)}", "a profile of services.yaml");
        }
        else
        {
            Line(text, $"  url: {(draft.Url == "emulator" ? draft.Url : YamlText.Quoted(draft.Url))}");
        }

        if (draft.App is { } app)
        {
            Line(text, $"  app: {YamlText.Of(app)}");
            Line(
                text,
                draft.Version is { } version ? $"  version: {YamlText.Quoted(version)}" : "  # version: \"1.0\"",
                draft.Version is null ? "the one tagged latest if left out" : null
            );
        }

        Line(text, $"  name: {YamlText.Of(draft.Service)}", "as the model's dex::ServiceName names it");
        if (draft.IsCloud)
        {
            Line(text, $"  apiKey: ${{{{ env.{draft.KeyVariable} }}}}");
        }

        Line(text);
    }

    private static void Rehearsal(StringBuilder text, ScenarioDraft draft)
    {
        foreach (var (line, comment) in RehearsalWriter.Lines(draft))
        {
            Line(text, line, comment);
        }

        if (draft.Rehearses)
        {
            Line(text);
        }
    }

    private static void Table(StringBuilder text, CaseTable cases)
    {
        Line(text, "sweep:");
        Line(text, "  table:");
        Line(text, $"    file: {YamlText.Of(cases.File)}", Rows(cases.Rows));
        if (cases.Sheet is { } sheet)
        {
            Line(text, $"    sheet: {YamlText.Of(sheet)}");
        }

        var renamed = cases.Columns.Where(column => column.Name != column.Heading).ToList();
        if (renamed.Count > 0)
        {
            Line(text, "    columns:", "headings that expressions cannot use");
            foreach (var column in renamed)
            {
                Line(text, $"      {YamlText.Quoted(column.Heading)}: {column.Name}");
            }
        }

        Line(text, $"    # where: {cases.Columns[0].Name} !== null", "an expression that picks rows");
        Line(text);
    }

    private static string Rows(int rows) =>
        rows == 1 ? "1 row, 1 run" : string.Create(CultureInfo.InvariantCulture, $"{rows} rows, a run for each");

    private static void Sweep(StringBuilder text, ScenarioDraft draft)
    {
        var chosen = draft.Chosen;
        var others = Others(draft);
        if (chosen.Count == 0)
        {
            Line(
                text,
                draft.IsJson
                    ? "# One run: the request as it is. To vary a part of it, take the # away here and in request.set."
                    : "# One run: the request as it is."
            );
            if (others.Count > 0)
            {
                Line(text, "# sweep:");
                Line(text, "#   matrix:");
                Proposals(text, others, "#     ", candidate => $"{candidate.Name}: {candidate.Values}");
            }

            Line(text);
            return;
        }

        Line(text, "sweep:");
        Line(text, "  matrix:");
        foreach (var candidate in chosen)
        {
            Line(text, $"    {candidate.Name}: {candidate.Values}", $"{candidate.Written} in the request");
        }

        if (others.Count > 0)
        {
            Line(text, "    # To vary more, take the # away here and in request.set:");
            Proposals(text, others, "    # ", candidate => $"{candidate.Name}: {candidate.Values}");
            if (draft.Numbers > MostShown + chosen.Count)
            {
                Line(
                    text,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"    # The request has {draft.Numbers} numbers in all."
                    )
                );
            }
        }

        Line(text);
    }

    /// <summary>Numbers first; texts where there are few numbers.</summary>
    private static List<Candidate> Others(ScenarioDraft draft)
    {
        var chosen = draft.Chosen;
        return
        [
            .. draft
                .Candidates.Where(candidate => !chosen.Contains(candidate))
                .OrderBy(candidate => candidate.IsText)
                .ThenBy(candidate => candidate.IsLabel)
                .Where(candidate => !candidate.IsText || draft.Numbers == 0)
                .Take(MostShown),
        ];
    }

    private static void Proposals(
        StringBuilder text,
        IReadOnlyList<Candidate> candidates,
        string indent,
        Func<Candidate, string> line
    )
    {
        foreach (var candidate in candidates)
        {
            Line(text, indent + line(candidate), $"{candidate.Written} at {candidate.JsonPointer}");
        }
    }

    private static void Request(StringBuilder text, ScenarioDraft draft)
    {
        if (draft.RequestFile is null && draft.Cases is { } alone)
        {
            Line(text, "request:");
            Line(text, "  json:", "the body; each column fills a member");
            foreach (var column in alone.Columns)
            {
                Line(text, $"    {YamlText.Of(column.Heading)}: {Hole(column.Name)}");
            }

            Line(text);
            return;
        }

        if (draft.RequestFile is not { } file)
        {
            return;
        }

        Line(text, "request:");
        Line(text, $"  file: {YamlText.Of(file)}");
        if (draft.Cases is { } cases)
        {
            Fill(text, cases, draft.IsJson);
        }
        else if (draft.IsJson)
        {
            Vary(text, draft);
        }

        Line(text);
    }

    private static void Vary(StringBuilder text, ScenarioDraft draft)
    {
        var others = Others(draft);
        if (draft.Chosen.Count == 0 && others.Count == 0)
        {
            return;
        }

        Line(text, draft.Chosen.Count > 0 ? "  set:" : "  # set:");
        foreach (var candidate in draft.Chosen)
        {
            Line(text, $"    {YamlText.Of(candidate.JsonPointer)}: {Hole(candidate.Name)}");
        }

        foreach (var candidate in others)
        {
            Line(text, $"    # {YamlText.Of(candidate.JsonPointer)}: {Hole(candidate.Name)}");
        }
    }

    private static void Fill(StringBuilder text, CaseTable cases, bool isJson)
    {
        if (!isJson)
        {
            return;
        }

        // Without a place of its own, a column becomes a member: otherwise every run would ask the same.
        Line(text, cases.FillsRequest ? "  set:" : "  add:");
        foreach (var column in cases.Columns)
        {
            var pointer =
                column.JsonPointer
                ?? $"/{column.Heading.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            var isLabel = cases.FillsRequest && column.JsonPointer is null;
            Line(
                text,
                $"    {(isLabel ? "# " : "")}{YamlText.Of(pointer)}: {Hole(column.Name)}",
                isLabel ? "no such member: a label of the case" : null
            );
        }
    }

    private static string Hole(string name) => $"${{{{ {name} }}}}";

    private static void Results(StringBuilder text, ProposedResults results)
    {
        if (results.Success is { } success)
        {
            Line(text, $"success: {Expression(success)}");
        }
        else if (results.Doubt is { } doubt)
        {
            Line(text, "# success: response.status === 'optimal'", $"one response says {YamlText.Quoted(doubt)}");
        }

        if (results.Results.Count == 0)
        {
            Line(text, "# results:", "without them, every member of the response is a result");
            Line(text, "#   cost: response.objective");
        }
        else
        {
            Line(text, "results:");
            foreach (var result in results.Results)
            {
                Line(text, $"  {result.Name}: {Expression(result.Expression)}");
            }
        }

        Line(text);
    }

    /// <summary>An expression that YAML would read as something else stands in quotes.</summary>
    private static string Expression(string expression) =>
        expression.Contains(": ", StringComparison.Ordinal) || expression.Contains(" #", StringComparison.Ordinal)
            ? YamlText.Quoted(expression)
            : expression;

    private static void Limits(StringBuilder text)
    {
        Line(text, "limits:");
        Line(
            text,
            "  concurrency: auto",
            "unfinished tasks at the service at a time: the number is found; or a number"
        );
        Line(text, "  # submits: 30/min");
        Line(text, "  # requests: 20/s");
        Line(text, "# timeouts: { queue: 2h, solve: 10m, run: 30m }", "none if left out");
        Line(text, "# retry: { attempts: 3, first: 2s, max: 2m }", "these if left out");
    }

    private static void Line(StringBuilder text, string line = "", string? comment = null)
    {
        text.Append(line);
        if (comment is not null)
        {
            text.Append(' ', Math.Max(2, CommentColumn - line.Length)).Append("# ").Append(comment);
        }

        text.Append('\n');
    }
}
