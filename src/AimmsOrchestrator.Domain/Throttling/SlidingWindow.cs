namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>
/// A rate over any stretch of time: the n-th last use must be a whole period ago. Exact, at the price of remembering
/// n moments.
/// </summary>
internal sealed class SlidingWindow(Rate? rate)
{
    private readonly Queue<TimeSpan> _uses = [];
    private Rate? _rate = rate;
    private (Rate? Rate, TimeSpan From)? _later;

    /// <summary>The rate; null for none. Uses under an earlier rate count, as far as that one had to remember them.</summary>
    public Rate? Rate
    {
        get => _rate;
        set
        {
            _later = null;
            _rate = value;
            while (_uses.Count > (value?.Count ?? 0))
            {
                _uses.Dequeue();
            }
        }
    }

    /// <summary>
    /// The rate is a share of one that others use too. A smaller share holds at once, a greater one a period later: by then the
    /// others, which have that much less, have used none of it for a whole period.
    /// </summary>
    public void Share(Rate? share, TimeSpan now)
    {
        Settle(now);
        if (share == _rate)
        {
            _later = null;
        }
        else if (_rate is null || (share is not null && PerSecond(share) <= PerSecond(_rate)))
        {
            Rate = share;
        }
        else if (_later?.Rate != share)
        {
            _later = (share, now + (share ?? _rate).Period);
        }
    }

    public bool HasRoom(TimeSpan now) => RoomAt(now) <= now;

    /// <summary>When the next use is allowed; <paramref name="now"/> or earlier where it is allowed at once.</summary>
    public TimeSpan RoomAt(TimeSpan now)
    {
        Settle(now);
        if (_rate is null || _uses.Count < _rate.Count)
        {
            return now;
        }

        var room = _uses.Peek() + _rate.Period;
        return _later is { From: var from } && from < room ? from : room;
    }

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

    private void Settle(TimeSpan now)
    {
        if (_later is { } later && later.From <= now)
        {
            Rate = later.Rate;
        }
    }

    private static double PerSecond(Rate rate) => rate.Count / rate.Period.TotalSeconds;
}
