namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>
/// Which queue times are mere start-up: every task takes a moment, or a session's start, before it runs. Only what is clearly
/// above the smallest queue time is a wait for a place.
/// </summary>
internal sealed class QueueNoise
{
    private const double ShareOfRun = 0.02;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Fine = TimeSpan.FromMilliseconds(50);

    private TimeSpan? _smallest;
    private int _wholeSeconds;

    /// <summary>The mean run time, the latest weighing most; zero before the first.</summary>
    public TimeSpan MeanRun { get; private set; }

    /// <summary>The time that every task spends in the queue although it has a place; zero before the first start.</summary>
    public TimeSpan StartUp => _smallest ?? TimeSpan.Zero;

    /// <summary>How exact the service's times are: the cloud states whole seconds.</summary>
    public TimeSpan Grain => _wholeSeconds > 0 ? Second : Fine;

    /// <summary>A task has started.</summary>
    public void Started(TimeSpan queue) => _smallest = queue < _smallest ? queue : _smallest ?? queue;

    /// <summary>A task has ended.</summary>
    public void Ended(TimeSpan queue, TimeSpan run)
    {
        var isWhole = queue.Ticks % TimeSpan.TicksPerSecond == 0 && run.Ticks % TimeSpan.TicksPerSecond == 0;
        _wholeSeconds = isWhole ? Math.Min(_wholeSeconds + 1, 8) : 0;
        MeanRun = MeanRun == TimeSpan.Zero ? run : MeanRun + ((run - MeanRun) / 16);
    }

    /// <summary>Whether a task that has been in the queue for this long waits for a place.</summary>
    public bool IsWait(TimeSpan queue)
    {
        if (_smallest is null)
        {
            return false;
        }

        var noise = MeanRun * ShareOfRun;
        return queue - StartUp > (noise > Grain ? noise : Grain);
    }
}
