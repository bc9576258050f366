namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// A rate over any stretch of time: the n-th last use must be a whole period ago. Exact, at the price of remembering
/// n moments.
/// </summary>
internal sealed class SlidingWindow(Rate? rate)
{
    private readonly Queue<TimeSpan> _uses = [];
    private Rate? _rate = rate;

    /// <summary>The rate; null for none. Uses under an earlier rate count, as far as that one had to remember them.</summary>
    public Rate? Rate
    {
        get => _rate;
        set
        {
            _rate = value;
            while (_uses.Count > (value?.Count ?? 0))
            {
                _uses.Dequeue();
            }
        }
    }

    public bool HasRoom(TimeSpan now) => RoomAt(now) <= now;

    /// <summary>When the next use is allowed; <paramref name="now"/> or earlier where it is allowed at once.</summary>
    public TimeSpan RoomAt(TimeSpan now) =>
        _rate is null || _uses.Count < _rate.Count ? now : _uses.Peek() + _rate.Period;

    /// <summary>The latest use was none.</summary>
    public void TakeBack()
    {
        for (var older = _uses.Count - 1; older > 0; older--)
        {
            _uses.Enqueue(_uses.Dequeue());
        }

        _uses.TryDequeue(out _);
    }

    public void Record(TimeSpan now)
    {
        if (_rate is null)
        {
            return;
        }

        if (_uses.Count == _rate.Count)
        {
            _uses.Dequeue();
        }

        _uses.Enqueue(now);
    }
}
