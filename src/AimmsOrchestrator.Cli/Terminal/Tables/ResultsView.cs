using AimmsOrchestrator.Reports.Tables;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal.Tables;

/// <summary>Draws a table of results: as many columns as the terminal is wide, and the names of those that are not shown.</summary>
internal static class ResultsView
{
    private const string State = "state";
    private const string Error = "error";

    public static void Write(IAnsiConsole console, ReportTable results)
    {
        var state = Enumerable.Range(0, results.Headers.Count).First(i => results.Headers[i] == State);
        var table = new FittedTable([.. Columns(results, state)]);
        foreach (var row in results.Rows)
        {
            table.Add(row.Select((cell, i) => i == state ? StateCell.Of(console, cell) : cell));
        }

        table.Write(console);
        if (results.LeftOut > 0)
        {
            console.Line($"and {results.LeftOut} more runs: `aimms-batch report --format csv` has them all");
        }
    }

    /// <summary>
    /// A parameter and a result in turn, in the scenario's order, are worth most: many parameters must not hide all results.
    /// The state, and what failed runs say, come after the first of each; a state that all runs share tells nothing and comes
    /// last.
    /// </summary>
    private static IEnumerable<FittedColumn> Columns(ReportTable results, int state)
    {
        var headers = results.Headers;
        var isShared = results.Rows.Select(row => row[state]).Distinct().Take(2).Count() < 2;
        for (var i = 0; i < headers.Count; i++)
        {
            var isProse = i == headers.Count - 1 && headers[i] == Error;
            var rank =
                i == state ? (isShared ? int.MaxValue : 3)
                : isProse ? 4
                : i < state ? 4 * i + 1
                : 4 * (i - state - 1) + 2;
            yield return new FittedColumn(headers[i], -rank) { IsNumeric = results.IsNumeric[i], IsProse = isProse };
        }
    }
}
