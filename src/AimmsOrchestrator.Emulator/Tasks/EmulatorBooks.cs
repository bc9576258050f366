namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>A task that the emulator took, for tests.</summary>
/// <param name="Id">The id it gave.</param>
/// <param name="Service">What it called.</param>
/// <param name="Body">What it was sent.</param>
/// <param name="At">When.</param>
public sealed record TakenTask(string Id, string Service, ReadOnlyMemory<byte> Body, DateTimeOffset At);

/// <summary>What the emulator saw, whatever its clients believe: the truth that tests hold them against.</summary>
public sealed class EmulatorBooks
{
    private readonly Lock _lock = new();
    private readonly List<TakenTask> _taken = [];
    private int _unfinished;
    private long _requests;

    /// <summary>Every task that was taken, in order; also those deleted since.</summary>
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

    /// <summary>Requests of all kinds, those included that a fault befell.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    internal void Requested() => Interlocked.Increment(ref _requests);

    internal void Took(EmulatedTask task)
    {
        lock (_lock)
        {
            _taken.Add(new TakenTask(task.Id, task.Service, task.Call.Body, task.CreatedAt));
            _unfinished++;
            MostUnfinished = Math.Max(MostUnfinished, _unfinished);
        }
    }

    internal void NoLongerUnfinished()
    {
        lock (_lock)
        {
            _unfinished--;
        }
    }
}
