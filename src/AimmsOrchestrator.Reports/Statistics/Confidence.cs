using AimmsOrchestrator.Reports.Designs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>How sure a sample makes a result's statistics: 95 % confidence intervals.</summary>
/// <remarks>
/// Percentiles are those of all runs. They have no interval where the runs of a draw differ, since the draws' means have too
/// little spread for one, nor where some draws have more completed runs, since these weigh more in the percentile than in a resample
/// of the draws.
/// </remarks>
public sealed record Confidence
{
    public required Interval Mean { get; init; }

    public Interval? Median { get; init; }

    public Interval? P5 { get; init; }

    public Interval? P10 { get; init; }

    public Interval? P90 { get; init; }

    public Interval? P95 { get; init; }

    /// <summary>Null where too few draws have a completed run with a number, or their means do not differ.</summary>
    internal static Confidence? Of(RunFrame frame, FrameColumn result, IndependentDraws draws)
    {
        var means = draws.Average(frame.Completed(result));
        var numbers = means.Numbers();
        if (numbers.Length < Bootstrap.Fewest || means.AreConstant || !Array.TrueForAll(numbers, double.IsFinite))
        {
            return null;
        }

        Array.Sort(numbers);
        if (!means.AreAlike || !means.HaveEqualRuns)
        {
            return new Confidence { Mean = Bootstrap.Mean(numbers) };
        }

        return new Confidence
        {
            Mean = Bootstrap.Mean(numbers),
            Median = Bootstrap.Quantile(numbers, 0.5),
            P5 = Bootstrap.Quantile(numbers, 0.05),
            P10 = Bootstrap.Quantile(numbers, 0.1),
            P90 = Bootstrap.Quantile(numbers, 0.9),
            P95 = Bootstrap.Quantile(numbers, 0.95),
        };
    }
}
