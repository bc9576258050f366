using System.Collections.Concurrent;
using Acornima.Ast;
using Jint;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>The scripts of one scenario, parsed once, and a pool of engines that run them: an engine serves one thread at a time.</summary>
internal sealed class ScriptLibrary
{
    private readonly Lock _gate = new();
    private readonly List<Prepared<Script>> _scripts = [];
    private readonly ConcurrentBag<ScriptSession> _idle = [];

    /// <summary>Ends the work for a caller that waits no longer: no expression is evaluated any more.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The members of <c>env</c>: the variables that expressions use.</summary>
    public SortedDictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public Prepared<Script> this[int number]
    {
        get
        {
            lock (_gate)
            {
                return _scripts[number];
            }
        }
    }

    /// <summary>Adds a script; returns its number.</summary>
    public int Add(Prepared<Script> script)
    {
        lock (_gate)
        {
            _scripts.Add(script);
            return _scripts.Count - 1;
        }
    }

    public ScriptSession Rent() => _idle.TryTake(out var session) ? session : new ScriptSession(this);

    /// <summary>An engine that exceeded a limit is not used again.</summary>
    public void Return(ScriptSession session)
    {
        if (!session.IsSpoiled)
        {
            session.Forget();
            _idle.Add(session);
        }
    }
}
