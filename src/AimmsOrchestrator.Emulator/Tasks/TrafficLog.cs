namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>A task that the emulator took, for tests.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Service">The called service.</param>
/// <param name="Body">The request's body.</param>
/// <param name="At">When it was taken.</param>
public sealed record TakenTask(string Id, string Service, ReadOnlyMemory<byte> Body, DateTimeOffset At);

/// <summary>What the emulator received: the truth that tests compare its clients' view with.</summary>
public sealed class TrafficLog
{
    private readonly Lock _lock = new();
    private readonly List<TakenTask> _taken = [];
    private int _unfinished;
    private long _requests;

    /// <summary>Every task it took, in order, including deleted ones.</summary>
    public IReadOnlyList<TakenTask> Taken
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>Tasks that are unfinished now.</summary>
    public int Unfinished
    {
        get
        {
            lock (_lock)
            {
                return _unfinished;
            }
        }
    }

    /// <summary>The most tasks that were unfinished at one moment.</summary>
    public int MostUnfinished { get; private set; }

    /// <summary>Requests of all kinds, including those that a fault answered.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountTask(EmulatedTask task)
    {
        lock (_lock)
        {
            _taken.Add(new TakenTask(task.Id, task.Service, task.Call.Body, task.CreatedAt));
            _unfinished++;
            MostUnfinished = Math.Max(MostUnfinished, _unfinished);
        }
    }

    internal void CountEnd()
    {
        lock (_lock)
        {
            _unfinished--;
        }
    }
}
