using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>
/// The first result at a glance: its mean by the first one or two parameters of a grid, or how often its values occur in a
/// sample. Of a one-at-a-time design it has the runs that move these parameters alone, and the base.
/// </summary>
/// <param name="Title">What the cells are.</param>
/// <param name="Corner">What the rows are.</param>
/// <param name="Columns">A header for each column of cells.</param>
/// <param name="Rows">The rows, in the order of their values.</param>
/// <param name="IsCount">Whether the cells count runs; otherwise they are means of <paramref name="Result"/>.</param>
/// <param name="Result">The result.</param>
public sealed record CrossTable(
    string Title,
    string Corner,
    IReadOnlyList<string> Columns,
    IReadOnlyList<CrossRow> Rows,
    bool IsCount,
    string Result
)
{
    private const int MostRows = 500;
    private const int MostColumns = 24;
    private const int MostClasses = 20;

    /// <summary>Null where no completed run has a number.</summary>
    internal static CrossTable? Of(RunFrame frame, SweepDesign design, IReadOnlyList<ResultStatistics> results) =>
        results.Count == 0 ? null
        : design is { IsRandom: false, Parameters: [{ Levels.Count: >= 2 and <= MostRows } first, ..] }
            ? OfMeans(frame, design, first, results[0].Result) ?? OfCounts(frame, results[0])
        : OfCounts(frame, results[0]);

    /// <summary>Null where no run that counts has a number.</summary>
    private static CrossTable? OfMeans(RunFrame frame, SweepDesign design, FrameColumn first, FrameColumn result)
    {
        var second = design.Parameters is [_, { Levels.Count: <= MostColumns } next, ..] ? next : null;
        var (width, shown) = (second?.Levels.Count ?? 1, second is null ? 1 : 2);
        var (sums, counts) = (new double[first.Levels.Count * width], new long[first.Levels.Count * width]);
        foreach (var row in frame.Rows(RunPhase.Completed))
        {
            var (at, across) = (first.Levels.OfRow[row], second?.Levels.OfRow[row] ?? 0);
            var value = result.Numbers[row];
            if (at >= 0 && across >= 0 && !double.IsNaN(value) && MovesNoOther(design, row, shown))
            {
                var cell = (at * width) + across;
                counts[cell]++;
                // A running mean: a sum may overflow.
                sums[cell] += (value - sums[cell]) / counts[cell];
            }
        }

        if (Array.TrueForAll(counts, count => count == 0))
        {
            return null;
        }

        return new CrossTable(
            $"mean of {result.Name} by {first.Name}"
                + (second is null ? "" : $" (down) and {second.Name} (across)")
                + Others(design, shown),
            second is null ? first.Name : $"{first.Name} \\ {second.Name}",
            second is null
                ? [$"mean of {result.Name}"]
                : [.. Enumerable.Range(0, width).Select(level => $"{second.Name} = {second.Levels.Label(level)}")],
            [.. Enumerable.Range(0, first.Levels.Count).Select(Row)],
            IsCount: false,
            result.Name
        );

        CrossRow Row(int level) =>
            new(
                double.IsNaN(first.Levels.Number(level)) ? first.Levels.Label(level) : first.Levels.Number(level),
                [
                    .. Enumerable
                        .Range(level * width, width)
                        .Select(cell => counts[cell] == 0 ? (double?)null : sums[cell]),
                ]
            );
    }

    /// <summary>
    /// Whether a run has all parameters but the first ones at the base of a one-at-a-time design: in a cell, other runs would
    /// be averaged with what they are compared with. Of any other design every run counts.
    /// </summary>
    private static bool MovesNoOther(SweepDesign design, int row, int shown) =>
        design.Base is not { } start || start.Moved(row) < shown;

    /// <summary>What the title says of the parameters that the table does not show.</summary>
    private static string Others(SweepDesign design, int shown)
    {
        var names = string.Join(", ", design.Parameters.Skip(shown).Select(p => p.Name));
        return names.Length == 0 ? ""
            : design.Base is null ? $", over all values of {names}"
            : $", with {names} at the base";
    }

    private static CrossTable OfCounts(RunFrame frame, ResultStatistics statistics)
    {
        var (least, greatest) = (statistics.Spread.Minimum, statistics.Spread.Maximum);
        // Halves: the difference of two doubles may overflow.
        var step = RoundUp((greatest / MostClasses) - (least / MostClasses));
        var first = step > 0 ? Math.Floor(least / step) : 0;
        var counts = new long[step > 0 ? (int)(Math.Floor(greatest / step) - first) + 1 : 1];
        foreach (var row in frame.Rows(RunPhase.Completed))
        {
            var value = statistics.Result.Numbers[row];
            if (!double.IsNaN(value))
            {
                var at = step > 0 ? (int)(Math.Floor(value / step) - first) : 0;
                counts[Math.Clamp(at, 0, counts.Length - 1)]++;
            }
        }

        return new CrossTable(
            $"runs by {statistics.Result.Name}",
            $"{statistics.Result.Name} from",
            ["to below", "runs"],
            [.. counts.Select((count, index) => new CrossRow(Edge(index), [Edge(index + 1), count]))],
            IsCount: true,
            statistics.Result.Name
        );

        double Edge(int index) => step > 0 ? (first + index) * step : least;
    }

    /// <summary>The next of 1, 2, 2.5 and 5 times a power of ten; 0 for 0, and where there is none.</summary>
    private static double RoundUp(double width)
    {
        if (width <= 0 || !double.IsNormal(width))
        {
            return 0;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        double[] steps = [1, 2, 2.5, 5, 10];
        return Array.Find(steps, factor => factor * power >= width) is var found and > 0 ? found * power : 10 * power;
    }
}

/// <summary>A row of a cross table.</summary>
/// <param name="Level">The value of its parameter, or where its class begins: a <see cref="double"/> or a text.</param>
/// <param name="Cells">A number for each column; null where no completed run has one.</param>
public sealed record CrossRow(object Level, IReadOnlyList<double?> Cells);
