namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>A task that the emulator took, for tests.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Service">The called service.</param>
/// <param name="Body">The request's body; empty where <paramref name="IsBodyKept"/> is false.</param>
/// <param name="At">When it was taken.</param>
/// <param name="IsBodyKept">False once the bodies of later requests needed the space.</param>
public sealed record TakenTask(
    string Id,
    string Service,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset At,
    bool IsBodyKept = true
);

/// <summary>A task whose response was fetched, for measurements.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="CreatedAt">When it was taken.</param>
/// <param name="RunningAt">When it began to run.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="FetchedAt">When its response was first asked for.</param>
public sealed record FetchedTask(
    string Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset RunningAt,
    DateTimeOffset EndedAt,
    DateTimeOffset FetchedAt
);

/// <summary>What the emulator received: the truth that tests compare its clients' view with.</summary>
/// <param name="keptBytes">How many bytes of request bodies are kept; the oldest are dropped first. No limit by default.</param>
public sealed class TrafficLog(long keptBytes = long.MaxValue)
{
    private readonly Lock _lock = new();
    private readonly List<TakenTask> _taken = [];
    private readonly List<FetchedTask> _fetched = [];
    private long _bodyBytes;
    private int _oldestBody;
    private int _unfinished;
    private long _requests;
    private long _lists;
    private long _polls;
    private long _hookCalls;
    private long _takenHookCalls;

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

    /// <summary>Calls of hooks that were made.</summary>
    public long HookCalls => Interlocked.Read(ref _hookCalls);

    /// <summary>Calls of hooks that were answered with 200 or 204.</summary>
    public long TakenHookCalls => Interlocked.Read(ref _takenHookCalls);

    /// <summary>Requests for the list of tasks.</summary>
    public long Lists => Interlocked.Read(ref _lists);

    /// <summary>Requests for the state of one task.</summary>
    public long Polls => Interlocked.Read(ref _polls);

    /// <summary>Every task whose response was fetched, in order.</summary>
    public IReadOnlyList<FetchedTask> Fetched
    {
        get
        {
            lock (_lock)
            {
                return [.. _fetched];
            }
        }
    }

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountList() => Interlocked.Increment(ref _lists);

    internal void CountHookCall(bool isTaken)
    {
        Interlocked.Increment(ref _hookCalls);
        if (isTaken)
        {
            Interlocked.Increment(ref _takenHookCalls);
        }
    }

    internal void CountPoll() => Interlocked.Increment(ref _polls);

    internal void CountFetch(EmulatedTask task, DateTimeOffset now)
    {
        lock (_lock)
        {
            var ended = task.EndedAt ?? now;
            _fetched.Add(new FetchedTask(task.Id, task.CreatedAt, task.RunningAt ?? ended, ended, now));
        }
    }

    internal void CountTask(EmulatedTask task)
    {
        lock (_lock)
        {
            _taken.Add(new TakenTask(task.Id, task.Service, task.Call.Body, task.CreatedAt));
            _bodyBytes += task.Call.Body.Length;
            DropOldBodies();
            _unfinished++;
            MostUnfinished = Math.Max(MostUnfinished, _unfinished);
        }
    }

    private void DropOldBodies()
    {
        for (; _bodyBytes > keptBytes && _oldestBody < _taken.Count; _oldestBody++)
        {
            var oldest = _taken[_oldestBody];
            _bodyBytes -= oldest.Body.Length;
            _taken[_oldestBody] = oldest with { Body = ReadOnlyMemory<byte>.Empty, IsBodyKept = false };
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
