using AimmsOrchestrator.Reports.Tables;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Draws a table of results: as many columns as the terminal is wide, and the names of those that are not shown.</summary>
internal static class ResultsView
{
    private const int Gap = 3;
    private const int LeastProse = 20;
    private const int WidestCell = 60;

    public static void Write(IAnsiConsole console, ReportTable results)
    {
        var shown = Fitting(results, console.Profile.Width);
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < shown; i++)
        {
            // Only an error is prose; everything else is a word or a number, and a word broken over lines is none.
            var column = new TableColumn(Markup.Escape(results.Headers[i].OneLine())) { NoWrap = !IsProse(results, i) };
            table.AddColumn(results.IsNumeric[i] ? column.RightAligned() : column);
        }

        foreach (var row in results.Rows)
        {
            table.AddRow([
                .. row.Take(shown)
                    .Select((cell, i) => Markup.Escape(IsProse(results, i) ? cell.OneLine() : Short(cell))),
            ]);
        }

        console.Write(table);
        if (shown < results.Headers.Count)
        {
            console.Line($"and in a wider terminal: {string.Join(", ", results.Headers.Skip(shown))}");
        }

        if (results.LeftOut > 0)
        {
            console.Line($"and {results.LeftOut} more runs: `aimms-batch report --format csv` has them all");
        }
    }

    /// <summary>How many columns fit, from the left; at least one.</summary>
    private static int Fitting(ReportTable results, int width)
    {
        var used = 0;
        for (var i = 0; i < results.Headers.Count; i++)
        {
            var widest = results.Rows.Select(row => Short(row[i]).Length).Append(results.Headers[i].Length).Max();
            used += Gap + (IsProse(results, i) ? Math.Min(widest, LeastProse) : widest);
            if (used > width)
            {
                return Math.Max(1, i);
            }
        }

        return results.Headers.Count;
    }

    /// <summary>One answer that is a page long must not push all others off the terminal.</summary>
    private static string Short(string cell) => cell.OneLine(WidestCell);

    private static bool IsProse(ReportTable results, int column) => results.Headers[column] == "error";
}
