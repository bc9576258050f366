using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>How sure a sample makes a result's statistics: 95 % confidence intervals.</summary>
public sealed record Confidence
{
    public required Interval Mean { get; init; }

    public required Interval Median { get; init; }

    public required Interval P5 { get; init; }

    public required Interval P10 { get; init; }

    public required Interval P90 { get; init; }

    public required Interval P95 { get; init; }

    /// <summary>Null where too few completed runs have a number.</summary>
    internal static Confidence? Of(RunFrame frame, FrameColumn result)
    {
        double[] numbers =
        [
            .. frame.Rows(RunPhase.Completed).Select(row => result.Numbers[row]).Where(number => !double.IsNaN(number)),
        ];
        if (numbers.Length < Bootstrap.Fewest)
        {
            return null;
        }

        Array.Sort(numbers);
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
