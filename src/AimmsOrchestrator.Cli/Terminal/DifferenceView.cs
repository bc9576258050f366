using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Comparison;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>What differs between two batches, for the eye: the counts, each result's largest change, then the runs.</summary>
internal static class DifferenceView
{
    private const int WidestName = 60;
    private const int WidestValue = 30;

    public static void Write(IAnsiConsole console, BatchRecord before, BatchRecord after, DifferenceSummary summary)
    {
        console.Line($"{before.Id} → {after.Id}: {Counts(summary)}");
        foreach (var (result, largest) in summary.Largest)
        {
            var runs = largest.Count == 1 ? "1 run" : $"{largest.Count} runs";
            console.Line(
                $"{result.OneLine()} differs in {runs}, most in {Name(largest.Name)}: {Text(largest.Change.Before)} → {Text(largest.Change.After)}{Share(largest.Change)}"
            );
        }

        if (!summary.HasDifferences)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("run", "result");
        foreach (var header in new[] { $"{before.Id}", $"{after.Id}", "difference", "%" })
        {
            table.AddColumn(new TableColumn(Markup.Escape(header)).RightAligned());
        }

        foreach (var run in summary.Kept())
        {
            foreach (var cells in Rows(run))
            {
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }
        }

        console.Write(table);
        if (summary.LeftOut > 0)
        {
            console.Line($"and {summary.LeftOut} more runs: --all shows them, --format csv writes them");
        }
    }

    private static string Counts(DifferenceSummary summary)
    {
        var counts = new[]
        {
            (RunChange.Same, "the same"),
            (RunChange.Changed, "changed"),
            (RunChange.State, "in another state"),
            (RunChange.New, "new"),
            (RunChange.Gone, "gone"),
        };
        var parts = counts.Where(c => summary.Count(c.Item1) > 0).Select(c => $"{summary.Count(c.Item1)} {c.Item2}");
        return string.Join(", ", parts) is { Length: > 0 } text ? text : "no runs";
    }

    private static IEnumerable<string[]> Rows(RunDifference run)
    {
        if (run.Results.Count == 0)
        {
            yield return [Name(run.Name), "state", run.StateBefore ?? "–", run.StateAfter ?? "–", "", ""];
        }

        var name = Name(run.Name);
        foreach (var change in run.Results)
        {
            yield return
            [
                name,
                change.Result.OneLine(WidestValue),
                Text(change.Before),
                Text(change.After),
                change.Difference?.ToString("G6", CultureInfo.InvariantCulture) ?? "",
                change.Ratio is { } ratio ? Percent(ratio) : "",
            ];
            name = "";
        }
    }

    private static string Name(string name) => ProgressText.ShortName(name, WidestName);

    private static string Text(string? json) =>
        json is null ? "–"
        : double.TryParse(json, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("G9", CultureInfo.InvariantCulture)
        : json.OneLine(WidestValue);

    private static string Share(ResultChange change) => change.Ratio is { } ratio ? $" ({Percent(ratio)} %)" : "";

    private static string Percent(double ratio) =>
        ((ratio - 1) * 100).ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture);
}
