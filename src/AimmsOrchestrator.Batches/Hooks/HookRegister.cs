using System.Security.Cryptography;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Batches.Hooks;

/// <summary>What becomes of a call at the receiver.</summary>
internal enum HookAnswer
{
    /// <summary>It was passed on.</summary>
    Taken,

    /// <summary>No hook of this process has its key.</summary>
    Unknown,

    /// <summary>The hook had too many calls in this second.</summary>
    TooMany,
}

/// <summary>
/// The hooks that are open, by their keys. A closed one is kept for a while: the call about a task's end may come after a
/// poll found the end. Safe for many threads.
/// </summary>
/// <param name="address">The public address of the receiver; its query is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class HookRegister(Uri address, TimeProvider time) : ITaskHooks
{
    /// <summary>
    /// The name of the key in an address. The service takes a parameter <c>key</c> out of its calls and adds an HMAC of
    /// unpublished form, which protects no part of the call; a parameter of any other name comes back as it was.
    /// </summary>
    public const string KeyName = "aimms-batch";

    private const int KeyBytes = 18;
    private const int MostCallsPerSecond = 50;
    private const int MostClosed = 1_000;

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Queue<string> _closed = new();

    /// <inheritdoc />
    public TaskHook Open(Action<HookCall> called)
    {
        var key = Base64Url(RandomNumberGenerator.GetBytes(KeyBytes));
        lock (_lock)
        {
            _entries.Add(key, new Entry(called));
        }

        var separator = address.Query.Length > 0 ? '&' : '?';
        return new TaskHook(key, new Uri($"{address.AbsoluteUri}{separator}{KeyName}={key}"));
    }

    /// <inheritdoc />
    public void Close(TaskHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        lock (_lock)
        {
            _closed.Enqueue(hook.Id);
            while (_closed.Count > MostClosed)
            {
                _entries.Remove(_closed.Dequeue());
            }
        }
    }

    /// <summary>A call came.</summary>
    /// <param name="key">Its key; null where it has none.</param>
    /// <param name="state">The state it names; null where it names none.</param>
    public HookAnswer Call(string? key, string? state)
    {
        Entry? entry;
        lock (_lock)
        {
            if (key is null || !_entries.TryGetValue(key, out entry))
            {
                return HookAnswer.Unknown;
            }

            if (!entry.MayCall(time.GetTimestamp(), time))
            {
                return HookAnswer.TooMany;
            }
        }

        entry.Called(new HookCall(key, IsOfEnd(state)));
        return HookAnswer.Taken;
    }

    /// <summary>A state that is not known may be an end.</summary>
    private static bool IsOfEnd(string? state) =>
        state?.ToUpperInvariant()
            is not ("QUEUED" or "ASSIGNED" or "STARTING" or "RUNNING" or "EXECUTING" or "SOLVING");

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    private sealed class Entry(Action<HookCall> called)
    {
        private long _since;
        private int _calls;

        public Action<HookCall> Called { get; } = called;

        public bool MayCall(long now, TimeProvider time)
        {
            if (_calls == 0 || time.GetElapsedTime(_since, now) >= OneSecond)
            {
                (_since, _calls) = (now, 0);
            }

            return ++_calls <= MostCallsPerSecond;
        }
    }
}
