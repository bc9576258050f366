namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>
/// Learns how long tasks take from those that have ended and those that still run; forgets what was before a change. Serves
/// for run times as for queue times.
/// </summary>
internal sealed class LifetimeModel
{
    /// <summary>More samples would hide a slow change.</summary>
    private const int Window = 300;

    /// <summary>The estimate is renewed when what is known has grown by this share.</summary>
    private const double Growth = 0.05;

    private readonly Queue<double> _ended = new();
    private readonly ChangeDetector _change = new();
    private double _news;

    /// <param name="earlier">Durations known from earlier batches, oldest first; none are needed.</param>
    public LifetimeModel(IEnumerable<TimeSpan>? earlier = null)
    {
        foreach (var duration in earlier ?? [])
        {
            Remember(duration.TotalSeconds);
        }

        Renew([]);
    }

    /// <summary>How likely a task still runs at an age, as far as is known.</summary>
    public SurvivalFunction Survival { get; private set; } = null!;

    /// <summary>Whether enough has been observed since the last <see cref="Renew"/> for another one to pay.</summary>
    public bool IsStale => _news >= Math.Max(1, Growth * _ended.Count);

    /// <summary>A task has ended.</summary>
    /// <param name="seenRunning">The age at which it was last seen running; 0 where it never was.</param>
    /// <param name="duration">How long it took, as the service says.</param>
    public void Ended(TimeSpan seenRunning, TimeSpan duration)
    {
        Remember(duration.TotalSeconds);
        Observe(seenRunning, duration, hasEnded: true);
        _news++;
    }

    /// <summary>A task was seen running.</summary>
    /// <param name="seenRunning">The age at which it had been seen running before; 0 where it never was.</param>
    /// <param name="age">Its age now.</param>
    public void StillRunning(TimeSpan seenRunning, TimeSpan age)
    {
        _news += Observe(seenRunning, age, hasEnded: false);
        if (age.TotalSeconds > Survival.Ages[^1] / 10)
        {
            // The table must reach far beyond every age.
            _news = double.PositiveInfinity;
        }
    }

    /// <summary>Estimates anew.</summary>
    /// <param name="seenRunning">The ages at which the tasks that are not known to have ended were last seen running.</param>
    public void Renew(IEnumerable<TimeSpan> seenRunning)
    {
        double[] ended = [.. _ended.Order()];
        double[] running = [.. seenRunning.Select(a => a.TotalSeconds).Where(a => a > 0)];
        Survival = SurvivalEstimate.Of(ended, running);
        _change.Rebase(running.Sum(Survival.CumulativeHazard));
        _news = 0;
    }

    /// <summary>The expected ends between two ages.</summary>
    private double Observe(TimeSpan from, TimeSpan to, bool hasEnded)
    {
        var before = Survival.CumulativeHazard(Math.Min(from.TotalSeconds, to.TotalSeconds));
        var hazard = Survival.CumulativeHazard(to.TotalSeconds);
        if (_change.Observe(before, hazard, hasEnded) is { } recent)
        {
            while (_ended.Count > recent)
            {
                _ended.Dequeue();
            }

            _news = double.PositiveInfinity;
        }

        return hazard - before;
    }

    private void Remember(double duration)
    {
        _ended.Enqueue(Math.Max(duration, 1e-4));
        if (_ended.Count > Window)
        {
            _ended.Dequeue();
        }
    }
}
