using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>
/// Finds how many unfinished tasks to keep at a service whose number of parallel places is unknown, may change, and is shared
/// with others: as many as run together, and a short queue behind them. It begins with few, adds more while tasks start at
/// once, and goes back as soon as they wait. Moments are on a monotonic clock.
/// </summary>
public sealed class ConcurrencyController
{
    /// <summary>How many tasks it begins with.</summary>
    public const int First = 4;

    private readonly QueueNoise _noise = new();
    private readonly Lateness _lateness = new();
    private readonly Places _places = new();
    private readonly OwnTasks _tasks;
    private TimeSpan? _shortSince;

    /// <param name="most">Never more than this number; at least 1.</param>
    /// <param name="unfinished">How many tasks of the batch an earlier process left at the service.</param>
    public ConcurrencyController(int most, int unfinished = 0)
    {
        Most = most;
        _tasks = new OwnTasks(_noise);
        Target = Math.Min(Math.Max(First, unfinished), most);
    }

    /// <summary>Never more than this number.</summary>
    public int Most
    {
        get;
        set
        {
            field = value;
            Target = Math.Min(Target, value);
        }
    }

    /// <summary>How many unfinished tasks to keep at the service now; from 1 to the most.</summary>
    public int Target { get; private set; }

    /// <summary>The service accepted a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="now">When the answer came.</param>
    public void Submitted(TaskId task, TimeSpan sentAt, TimeSpan now)
    {
        _lateness.Submitted(now - sentAt);
        _tasks.Add(task, sentAt + ((now - sentAt) / 2));
    }

    /// <summary>The service was asked for one of the batch's tasks; one that is new here was submitted by an earlier process.</summary>
    public void Polled(TaskSnapshot task, TimeSpan askedAt, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!task.State.IsEnded())
        {
            _tasks.Adopt(task, askedAt);
        }

        Seen([task], askedAt, now);
    }

    /// <summary>The service told of tasks, other clients' among them.</summary>
    /// <param name="tasks">What it told.</param>
    /// <param name="askedAt">When it was asked.</param>
    /// <param name="now">When the answer came.</param>
    public void Seen(IReadOnlyList<TaskSnapshot> tasks, TimeSpan askedAt, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        foreach (var task in tasks)
        {
            if (_tasks.Seen(task, askedAt, now) is { } endedAt)
            {
                _lateness.Noticed(now - endedAt);
            }
        }

        foreach (var start in _tasks.TakeMeasures(now))
        {
            _places.Add(start);
        }

        Target = Math.Clamp(Plan(now), 1, Most);
    }

    /// <summary>The service does not have the task any more, or it never ran.</summary>
    public void Forgotten(TaskId task) => _tasks.Remove(task);

    private int Plan(TimeSpan now)
    {
        var waiting = _tasks.Waiting;
        if (_places.Known is not { } places)
        {
            return waiting == 0 && MayGrow ? Math.Max(Target, 2 * _places.Free) : Target;
        }

        var buffer = ShortQueue.Length(places, _lateness.Mean, _noise.MeanRun);
        if (AreGone(waiting >= buffer + 2 && _tasks.Running < places, now))
        {
            // What runs now is what is left of them.
            _places.Restart(Math.Max(1, _tasks.Running));
        }

        var settled = _places.Settled(buffer);
        if (!_places.IsProbing)
        {
            return settled;
        }

        var probe =
            waiting > 0 ? Math.Min(Target, _places.Free + buffer)
            : MayGrow ? _places.Probe(buffer)
            : Target;
        return Math.Max(settled, probe);
    }

    /// <summary>Whether fewer tasks run than there were places, while more wait than should; for longer than it takes to start one and to see it.</summary>
    private bool AreGone(bool isShort, TimeSpan now)
    {
        _shortSince = isShort ? _shortSince ?? now : null;
        if (now - _shortSince < _noise.StartUp + _lateness.Mean + _noise.Grain)
        {
            return false;
        }

        _shortSince = null;
        return isShort;
    }

    /// <summary>Whether what was added before has shown its effect.</summary>
    private bool MayGrow => 4 * _tasks.NotStarted <= _places.Free;
}
