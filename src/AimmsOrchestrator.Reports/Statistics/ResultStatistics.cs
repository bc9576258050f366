using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>A numeric result over the completed runs, before the names of its best runs are known.</summary>
/// <param name="Result">The column.</param>
/// <param name="Empty">The number of completed runs without a number there.</param>
/// <param name="Count">The number of completed runs with one.</param>
/// <param name="Spread">Of these numbers.</param>
/// <param name="RowOfMinimum">The first row with the least number.</param>
/// <param name="RowOfMaximum">The first row with the greatest number.</param>
internal sealed record ResultStatistics(
    FrameColumn Result,
    long Empty,
    long Count,
    Spread Spread,
    int RowOfMinimum,
    int RowOfMaximum
)
{
    /// <summary>One per result for which a completed run has a number, in the scenario's order.</summary>
    public static List<ResultStatistics> Of(RunFrame frame) =>
        [.. frame.Results.Where(r => r.HasNumbers).Select(r => Of(frame, r)).OfType<ResultStatistics>()];

    /// <summary>The summary that reports show.</summary>
    /// <param name="reference">Names the run of a row.</param>
    public ResultSummary Summary(Func<int, RunLabel> reference) =>
        new()
        {
            Result = Result.Name,
            Count = Count,
            Empty = Empty,
            Minimum = Spread.Minimum,
            LowerQuartile = Spread.Quartiles.Lower,
            Median = Spread.Quartiles.Median,
            Mean = Spread.Mean,
            P5 = Spread.Tails[0],
            P10 = Spread.Tails[1],
            P90 = Spread.Tails[2],
            P95 = Spread.Tails[3],
            UpperQuartile = Spread.Quartiles.Upper,
            Maximum = Spread.Maximum,
            StandardDeviation = Spread.StandardDeviation,
            AtMinimum = reference(RowOfMinimum),
            AtMaximum = reference(RowOfMaximum),
        };

    private static ResultStatistics? Of(RunFrame frame, FrameColumn result)
    {
        var numbers = result.Numbers;
        var (count, empty, least, greatest) = (0, 0L, -1, -1);
        for (var row = 0; row < frame.Count; row++)
        {
            if (frame.Phases[row] != RunPhase.Completed)
            {
                continue;
            }

            if (double.IsNaN(numbers[row]))
            {
                empty++;
                continue;
            }

            count++;
            least = least < 0 || numbers[row] < numbers[least] ? row : least;
            greatest = greatest < 0 || numbers[row] > numbers[greatest] ? row : greatest;
        }

        return count == 0
            ? null
            : new ResultStatistics(result, empty, count, SpreadOf(frame, result, count), least, greatest);
    }

    private static Spread SpreadOf(RunFrame frame, FrameColumn result, int count)
    {
        var values = new double[count];
        for (var (row, next) = (0, 0); next < count; row++)
        {
            if (frame.Phases[row] == RunPhase.Completed && !double.IsNaN(result.Numbers[row]))
            {
                values[next++] = result.Numbers[row];
            }
        }

        return Spread.OfInPlace(values);
    }
}
