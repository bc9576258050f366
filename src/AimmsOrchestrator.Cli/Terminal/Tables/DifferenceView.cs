using System.Globalization;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Reports.Comparison;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>What differs between two batches, for the eye: the counts, each result's largest change, then the runs.</summary>
internal static class DifferenceView
{
    private const int WidestName = 60;
    private const int WidestValue = 30;

    /// <summary>On a narrower terminal the batches' ids, which the first line has, would push out the values.</summary>
    private const int NarrowerThanIds = 100;

    public static void Write(IAnsiConsole console, DifferenceContents summary)
    {
        console.Line($"{summary.Before} → {summary.After}: {Counts(summary)}");
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

        var rows = summary.Kept.SelectMany(Rows).ToList();
        var hasNumbers = rows.Exists(row => row[^1].Length + row[^2].Length > 0);
        var isNarrow = console.Profile.Width < NarrowerThanIds;
        var table = new FittedTable([
            new("run", 6) { IsProse = true },
            new("result", 5),
            new(isNarrow ? "before" : summary.Before, 3) { IsNumeric = true },
            new(isNarrow ? "after" : summary.After, 4) { IsNumeric = true },
            .. hasNumbers
                ? [new("difference", 1) { IsNumeric = true }, new("%", 2) { IsNumeric = true }]
                : Array.Empty<FittedColumn>(),
        ]);
        foreach (var row in rows)
        {
            table.Add(row.Take(hasNumbers ? row.Length : row.Length - 2).Select(cell => StateCell.Of(console, cell)));
        }

        table.Write(console);
        if (summary.LeftOut > 0)
        {
            console.Line($"and {summary.LeftOut} more runs: --all shows them, --format csv writes them");
        }
    }

    private static string Counts(DifferenceContents summary)
    {
        var counts = new[]
        {
            (RunChange.Same, "the same"),
            (RunChange.Changed, "changed"),
            (RunChange.State, "in another state"),
            (RunChange.New, "new"),
            (RunChange.Gone, "gone"),
        };
        var parts = counts
            .Select(c => (Count: summary.Counts.GetValueOrDefault(c.Item1), Word: c.Item2))
            .Where(c => c.Count > 0)
            .Select(c => $"{c.Count} {c.Word}");
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
