using System.Collections.Immutable;

namespace AimmsOrchestrator.Domain.Estimates;

/// <summary>The median of the latest values of a stream; immutable.</summary>
/// <param name="capacity">How many values count.</param>
/// <param name="minimum">With fewer there is no median.</param>
internal sealed class RunningMedian(int capacity = 1001, int minimum = RunningMedian.MinimumRuns)
{
    /// <summary>Fewer runs do not tell what is typical.</summary>
    public const int MinimumRuns = 5;

    private ImmutableQueue<TimeSpan> InOrder { get; init; } = [];

    private ImmutableList<TimeSpan> Sorted { get; init; } = [];

    /// <summary>Of an even number of values the mean of the middle two; null while there are too few.</summary>
    public TimeSpan? Median
    {
        get
        {
            var middle = Sorted.Count / 2;
            return Sorted.Count < minimum ? null
                : Sorted.Count % 2 == 1 ? Sorted[middle]
                : (Sorted[middle - 1] + Sorted[middle]) / 2;
        }
    }

    /// <summary>With another value, and without the oldest where there are too many.</summary>
    public RunningMedian Add(TimeSpan value)
    {
        var (order, sorted) = (InOrder, Sorted);
        if (sorted.Count == capacity)
        {
            order = order.Dequeue(out var oldest);
            sorted = sorted.RemoveAt(sorted.BinarySearch(oldest));
        }

        var index = sorted.BinarySearch(value);
        return new RunningMedian(capacity, minimum)
        {
            InOrder = order.Enqueue(value),
            Sorted = sorted.Insert(index < 0 ? ~index : index, value),
        };
    }
}
