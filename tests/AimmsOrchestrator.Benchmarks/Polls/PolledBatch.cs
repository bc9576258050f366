using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>A batch in virtual time, in seconds: each slot has its next run as soon as the end of its last one is noticed.</summary>
internal sealed class PolledBatch
{
    public const int Slots = 24;
    public const int Runs = 5_000;

    /// <summary>Shorter than any time that matters, longer than what rounding does.</summary>
    public const double Instant = 1e-6;

    private readonly RunTimes _times;
    private readonly double[] _shares;
    private readonly PolledRun?[] _slots = new PolledRun?[Slots];
    private int _started;

    public PolledBatch(RunTimes times)
    {
        _times = times;
        var random = new SeededRandom(7);
        _shares = [.. Enumerable.Range(0, Runs).Select(_ => random.Next())];
        for (var slot = 0; slot < Slots; slot++)
        {
            Start(slot, 0);
        }
    }

    /// <summary>The runs whose end was noticed, in that order.</summary>
    public List<NoticedRun> Noticed { get; } = [];

    /// <summary>Per slot its run; null at the end of the batch.</summary>
    public IReadOnlyList<PolledRun?> Running => _slots;

    public bool IsOver => Noticed.Count == Runs;

    /// <summary>Polls a slot that has a run.</summary>
    /// <returns>Its run's time where it has ended: a new run then has the slot.</returns>
    public double? Poll(int slot, double now, double requests)
    {
        var run = _slots[slot]!.Value;
        run = run with { Requests = run.Requests + requests };
        if (run.Start + run.Duration > now + Instant)
        {
            _slots[slot] = run with { Seen = now - run.Start };
            return null;
        }

        Noticed.Add(new NoticedRun(run.IsChanged, run.Requests, Math.Max(now - run.Start - run.Duration, 0)));
        Start(slot, now);
        return run.Duration;
    }

    private void Start(int slot, double now)
    {
        var isChanged = _started >= Runs / 2;
        _slots[slot] =
            _started < Runs ? new PolledRun(isChanged, now, _times.Draw(_shares[_started], isChanged), 0, 0) : null;
        _started++;
    }
}
