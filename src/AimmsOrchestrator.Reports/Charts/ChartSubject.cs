using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>What charts show: one result, or the share of failed runs, over the runs of a batch.</summary>
/// <param name="Frame">The batch.</param>
/// <param name="Design">Its design.</param>
/// <param name="Name">The result's name.</param>
/// <param name="Values">One number per row; NaN for a run that does not count.</param>
/// <param name="Names">Names the charts.</param>
internal sealed record ChartSubject(RunFrame Frame, SweepDesign Design, string Name, double[] Values, ChartNames Names)
{
    /// <summary>The name of the share of failed runs.</summary>
    public const string ShareOfFailures = "share of runs that failed";

    private int[]? _rows;

    /// <summary>The base run; null for none.</summary>
    public BaseRun? Base { get; init; }

    /// <summary>The rows that have a number.</summary>
    public int[] Rows => _rows ??= RowSelection.Where(Values.Length, row => !double.IsNaN(Values[row]));

    /// <summary>The axis of its values.</summary>
    public Axis Axis => new(Name, IsWhole: IsWhole);

    /// <summary>Whether every value is a whole number small enough to be a count.</summary>
    public bool IsWhole => Array.TrueForAll(Rows, row => double.IsInteger(Values[row]) && Math.Abs(Values[row]) < 1e9);

    /// <summary>A result over the completed runs.</summary>
    public static ChartSubject OfResult(RunFrame frame, SweepDesign design, FrameColumn result, ChartNames names) =>
        new(frame, design, result.Name, frame.Completed(result), names);

    /// <summary>Whether each run failed (1) or completed (0).</summary>
    public static ChartSubject OfFailures(RunFrame frame, SweepDesign design, ChartNames names)
    {
        var failed = new double[frame.Count];
        for (var row = 0; row < failed.Length; row++)
        {
            failed[row] = frame.Phases[row] switch
            {
                RunPhase.Failed => 1,
                RunPhase.Completed => 0,
                _ => double.NaN,
            };
        }

        return new ChartSubject(frame, design, ShareOfFailures, failed, names);
    }

    /// <summary>The note, with a sentence before it if points are averaged, which names the replicates; null for neither.</summary>
    public string? Averaged(bool isAveraged, string? note = null)
    {
        var over =
            Design.Replicates.Count > 0 ? $" over {string.Join(" and ", Design.Replicates.Select(r => r.Name))}" : "";
        var said = isAveraged
            ? $"Where several runs share a point, their mean is shown{(over.Length > 0 ? "," : "")}{over}."
            : null;
        return string.Join(' ', new[] { said, note }.OfType<string>()) is { Length: > 0 } text ? text : null;
    }
}
