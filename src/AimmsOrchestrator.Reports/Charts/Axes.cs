using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>Axes of parameters.</summary>
internal static class Axes
{
    /// <summary>The most texts with a position of their own: more cannot be read, and a page has no room for them.</summary>
    public const int MostCategories = 100;

    private const int LongestCategory = 80;

    /// <summary>The most values with a tick each on an axis of parallel coordinates.</summary>
    private const int MostTicks = 7;

    /// <summary>A linear axis for numbers, a logarithmic one if they are evenly spaced in the logarithm, categories for texts.</summary>
    public static Axis Of(FrameColumn column)
    {
        var levels = column.Levels;
        return !levels.AreNumbers ? Of(column, Classes.Of(levels, MostCategories))
            : IsLogarithmic(levels) ? new Axis(column.Name, AxisScale.Log)
            : new Axis(column.Name, IsWhole: AreWhole(levels));
    }

    /// <summary>The same with the values themselves where they are few.</summary>
    public static Axis WithValues(FrameColumn column) =>
        Of(column) is { Scale: AxisScale.Linear } axis && column.Levels.Count <= MostTicks
            ? axis with
            {
                Values = [.. Enumerable.Range(0, column.Levels.Count).Select(column.Levels.Number)],
            }
            : Of(column);

    /// <summary>One category per class, named as the scenario writes it.</summary>
    public static Axis Of(FrameColumn column, Classes classes) =>
        new(
            column.Name,
            AxisScale.Category,
            [.. Enumerable.Range(0, classes.Count).Select(i => Cut(classes.Label(i)))],
            Ranges: RangesOf(classes)
        );

    /// <summary>A level's position on its axis.</summary>
    public static double Position(Levels levels, int level) =>
        levels.AreNumbers ? levels.Number(level) : Math.Min(level, MostCategories - 1);

    /// <summary>A text cut to the length of an axis label.</summary>
    public static string Cut(string text) =>
        text.Length <= LongestCategory ? text : $"{text.AsSpan(0, LongestCategory - 1)}…";

    /// <summary>Their names have rounded bounds, by which a run may belong to none or to its neighbour.</summary>
    private static List<IReadOnlyList<double>>? RangesOf(Classes classes) =>
        classes.AreRanges ? [.. Enumerable.Range(0, classes.Count).Select(classes.Ends)] : null;

    /// <summary>Numbers before texts, the parameter with the most values first.</summary>
    public static List<FrameColumn> ByLength(IReadOnlyList<FrameColumn> parameters) =>
        [.. parameters.OrderByDescending(p => p.Levels.AreNumbers).ThenByDescending(p => p.Levels.Count)];

    private static bool AreWhole(Levels levels) =>
        Enumerable.Range(0, levels.Count).All(level => double.IsInteger(levels.Number(level)));

    private static bool IsLogarithmic(Levels levels)
    {
        var (least, greatest) = (levels.Number(0), levels.Number(levels.Count - 1));
        if (levels.Count < 3 || least <= 0 || greatest / least < 10)
        {
            return false;
        }

        var steps = Enumerable
            .Range(1, levels.Count - 1)
            .Select(i => Math.Log(levels.Number(i)) - Math.Log(levels.Number(i - 1)))
            .ToList();
        return steps.Max() < 1.1 * steps.Min();
    }
}
