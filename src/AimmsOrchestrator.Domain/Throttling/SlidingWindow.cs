namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// A rate over any stretch of time: the n-th last use must be a whole period ago. Exact, at the price of remembering
/// n moments.
/// </summary>
internal sealed class SlidingWindow(Rate? rate)
{
    private readonly Queue<TimeSpan> _uses = [];

    public bool HasRoom(TimeSpan now) => RoomAt(now) <= now;

    /// <summary>When the next use is allowed; <paramref name="now"/> or earlier where it is allowed at once.</summary>
    public TimeSpan RoomAt(TimeSpan now) => rate is null || _uses.Count < rate.Count ? now : _uses.Peek() + rate.Period;

    public void Record(TimeSpan now)
    {
        if (rate is null)
        {
            return;
        }

        if (_uses.Count == rate.Count)
        {
            _uses.Dequeue();
        }

        _uses.Enqueue(now);
    }
}
