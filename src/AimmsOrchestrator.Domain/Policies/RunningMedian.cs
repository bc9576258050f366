namespace AimmsOrchestrator.Domain.Policies;

/// <summary>The median of the latest values of a stream. Safe for many threads.</summary>
/// <param name="capacity">How many values count.</param>
/// <param name="minimum">With fewer there is no median.</param>
public sealed class RunningMedian(int capacity = 1001, int minimum = RunningMedian.FewestRuns)
{
    /// <summary>What is usual cannot be told from fewer runs.</summary>
    public const int FewestRuns = 5;

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _inOrder = [];
    private readonly List<TimeSpan> _sorted = [];

    /// <summary>Of an even number of values the mean of the middle two; null while there are too few.</summary>
    public TimeSpan? Median
    {
        get
        {
            lock (_lock)
            {
                var middle = _sorted.Count / 2;
                return _sorted.Count < minimum ? null
                    : _sorted.Count % 2 == 1 ? _sorted[middle]
                    : (_sorted[middle - 1] + _sorted[middle]) / 2;
            }
        }
    }

    /// <summary>Takes another value, and drops the oldest where there are too many.</summary>
    public void Add(TimeSpan value)
    {
        lock (_lock)
        {
            if (_inOrder.Count == capacity)
            {
                _sorted.RemoveAt(_sorted.BinarySearch(_inOrder.Dequeue()));
            }

            _inOrder.Enqueue(value);
            var place = _sorted.BinarySearch(value);
            _sorted.Insert(place < 0 ? ~place : place, value);
        }
    }
}
