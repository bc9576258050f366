namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>What is to happen later, in the order of time.</summary>
internal sealed class ModelTimers
{
    private readonly SortedList<DateTimeOffset, List<Action>> _timers = [];

    public bool IsEmpty => _timers.Count == 0;

    /// <summary>The next moment at which something is due; there is one.</summary>
    public DateTimeOffset NextAt => _timers.Keys[0];

    public void Clear() => _timers.Clear();

    public void Add(DateTimeOffset now, TimeSpan wait, Action action)
    {
        var at = now + (wait > TimeSpan.Zero ? wait : TimeSpan.FromTicks(1));
        if (!_timers.TryGetValue(at, out var due))
        {
            _timers.Add(at, due = []);
        }

        due.Add(action);
    }

    /// <summary>The next moment at which something is due, and what.</summary>
    public DateTimeOffset Next(out List<Action> due)
    {
        var at = _timers.Keys[0];
        due = _timers.Values[0];
        _timers.RemoveAt(0);
        return at;
    }
}
