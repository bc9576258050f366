using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Findings;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>
/// A page for people in GitHub's Markdown: run counts by state, statistics of each numeric result, and the first
/// 1,000 runs as a table. Texts are escaped, so that none of them acts as markup.
/// </summary>
public sealed partial record MarkdownReport
{
    /// <summary>How many runs the table has at most: GitHub does not show larger pages.</summary>
    public const int MostRows = 1_000;

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>What holds the batch back, in one line; null where nothing does.</summary>
    public string? HeldBack { get; init; }

    /// <summary>What came out, in sentences.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public IReadOnlyList<ResultSummary> Summaries { get; init; } = [];

    public IReadOnlyList<FailureGroup> Failures { get; init; } = [];

    /// <summary>The outcomes of the scenario's rules across runs.</summary>
    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>Writes the page; the writer stays open.</summary>
    public void Write(TextWriter output, Columns columns, IEnumerable<RunRecord> runs)
    {
        ArgumentNullException.ThrowIfNull(output);
        var table = ReportTable.Of(columns, runs, MostRows);
        Line(output, $"# {Escaped(Title)}");
        if (Description is { } description)
        {
            Line(output, $"\n{AtStart(Escaped(description))}");
        }

        if (table.CountByState.Count > 0)
        {
            var counts = table.CountByState.OrderByDescending(c => c.Value).Select(c => $"{Number(c.Value)} {c.Key}");
            Line(output, $"\n{Number(table.CountByState.Values.Sum())} runs: {string.Join(", ", counts)}");
        }

        if (HeldBack is { } why)
        {
            Line(output, $"\n{AtStart(Escaped(why))}");
        }

        WriteFindings(output);
        WriteSummaries(output);
        WriteExpectations(output);
        Line(output, "\n## Runs\n");
        WriteTable(output, table.Headers, table.IsNumeric, table.Rows);
        if (table.LeftOut > 0)
        {
            Line(
                output,
                $"\nThese are the first {Number(table.Rows.Count)} runs; {Number(table.LeftOut)} more are in `--format csv` and `--format xlsx`."
            );
        }
    }

    private void WriteFindings(TextWriter output)
    {
        if (Findings.Count > 0)
        {
            Line(output, "\n## Findings\n");
        }

        foreach (var finding in Findings)
        {
            Line(output, $"- {Escaped(finding.Text)}");
        }
    }

    private void WriteExpectations(TextWriter output)
    {
        if (Expectations.Count > 0)
        {
            Line(output, "\n## Expectations\n");
        }

        foreach (var rule in Expectations)
        {
            Line(output, $"- {Escaped(rule.Name)}: {Escaped(rule.Summary)}");
            foreach (var violation in rule.First)
            {
                Line(output, $"  - {Escaped(violation.Message)}");
            }
        }
    }

    private void WriteSummaries(TextWriter output)
    {
        if (Summaries.Count > 0)
        {
            var isCompared = Summaries.Any(summary => summary.Base is not null);
            Line(output, "\n## Results\n");
            WriteTable(
                output,
                [
                    "result",
                    "runs",
                    "minimum",
                    "median",
                    "mean",
                    "maximum",
                    "standard deviation",
                    .. isCompared ? ["base run"] : Array.Empty<string>(),
                ],
                [false, true, true, true, true, true, true, .. isCompared ? [true] : Array.Empty<bool>()],
                Summaries.Select(
                    IReadOnlyList<string> (s) =>
                        [
                            s.Result,
                            Number(s.Count),
                            Number(s.Minimum),
                            Number(s.Median),
                            Number(s.Mean),
                            Number(s.Maximum),
                            Number(s.StandardDeviation),
                            .. isCompared ? [Number(s.Base)] : Array.Empty<string>(),
                        ]
                )
            );
        }

        if (Failures.Count > 0)
        {
            Line(output, "\n## Failures\n");
            WriteTable(
                output,
                ["runs", "reason", "condition"],
                [true, false, false],
                Failures.Select(IReadOnlyList<string> (f) => [Number(f.Count), f.Message, f.Condition ?? ""])
            );
        }
    }

    private static void WriteTable(
        TextWriter output,
        IReadOnlyList<string> headers,
        IReadOnlyList<bool> isNumeric,
        IEnumerable<IReadOnlyList<string>> rows
    )
    {
        Line(output, Row(headers));
        Line(output, $"| {string.Join(" | ", isNumeric.Select(right => right ? "---:" : "---"))} |");
        foreach (var row in rows)
        {
            Line(output, Row(row));
        }
    }

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(Escaped))} |";

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            _ = c switch
            {
                '\n' => escaped.Append("<br>"),
                '<' => escaped.Append("&lt;"),
                '&' => escaped.Append("&amp;"),
                '\\' or '|' or '`' or '*' or '_' or '~' or '[' => escaped.Append('\\').Append(c),
                _ when char.IsControl(c) => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A line that does not begin like a heading, list, quotation or rule.</summary>
    private static string AtStart(string line) => Mark().Replace(line, @"\$0");

    [GeneratedRegex(@"(?<=^\s*\d*)[#\-+>=.)]", RegexOptions.None, matchTimeoutMilliseconds: PatternLimit.Milliseconds)]
    private static partial Regex Mark();

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? number) => number is { } n ? Cell.Short(n) : "";

    private static void Line(TextWriter output, string line) => output.Write($"{line}\n");
}
