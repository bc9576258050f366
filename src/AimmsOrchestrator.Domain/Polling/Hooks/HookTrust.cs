namespace AimmsOrchestrator.Domain.Polling.Hooks;

/// <summary>
/// Whether the service's calls tell of every end, so that polls may become rare. Moments are on a monotonic clock that starts
/// anywhere.
/// </summary>
/// <remarks>
/// An end counts as announced where its call comes before the poll that finds it, or a little later: a call is a request of
/// its own and may be slower than a list. An end whose call does not come by then ends the trust at once.
/// </remarks>
public sealed class HookTrust
{
    /// <summary>After this number of announced ends in a row the calls are trusted.</summary>
    public const int EndsToTrust = 5;

    /// <summary>What a request costs more while the calls are trusted: √30, about 5.5, times the usual wait between lists.</summary>
    public const double TrustedFactor = 30;

    /// <summary>More announcements than this of ends that were never found are forgotten, the oldest first.</summary>
    private const int MostAnnounced = 10_000;

    /// <summary>The part of a task's time by which a call may be late.</summary>
    private const double LatePart = 0.05;

    private static readonly TimeSpan LeastLate = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostLate = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _announced = [];
    private readonly Queue<string> _announcedInOrder = new();
    private readonly Dictionary<string, TimeSpan> _unannounced = [];
    private int _inARow;

    /// <summary>What the price of a request is multiplied by; 1 while the calls are not trusted.</summary>
    public double PriceFactor { get; private set; } = 1;

    /// <summary>A call said that the task of a hook has ended.</summary>
    public void Announced(string hook)
    {
        if (_unannounced.Remove(hook))
        {
            _inARow++;
        }
        else if (_announced.Add(hook))
        {
            _announcedInOrder.Enqueue(hook);
            while (_announcedInOrder.Count > MostAnnounced)
            {
                _announced.Remove(_announcedInOrder.Dequeue());
            }
        }
    }

    /// <summary>The task of a hook was found ended.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="now">When it was found.</param>
    public void Found(string hook, TimeSpan now)
    {
        if (_announced.Remove(hook))
        {
            _inARow++;
        }
        else
        {
            _unannounced[hook] = now;
        }
    }

    /// <summary>Takes in which calls have not come.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="mean">How long tasks take on average.</param>
    /// <returns>Whether the price changed.</returns>
    public bool Review(TimeSpan now, TimeSpan mean)
    {
        var since = now - Patience(mean);
        foreach (var (hook, _) in _unannounced.Where(found => found.Value <= since).ToList())
        {
            _unannounced.Remove(hook);
            _inARow = 0;
        }

        var before = PriceFactor;
        PriceFactor = _inARow >= EndsToTrust ? TrustedFactor : 1;
        return PriceFactor != before;
    }

    /// <summary>When the next review may end the trust; null where none will before another end is found.</summary>
    public TimeSpan? NextReview(TimeSpan mean) =>
        _unannounced.Count == 0 ? null : _unannounced.Values.Min() + Patience(mean);

    private static TimeSpan Patience(TimeSpan mean) =>
        mean * LatePart is var late && late < LeastLate ? LeastLate
        : late > MostLate ? MostLate
        : late;
}
