using System.Text.Json;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>
/// What the expressions of one run can see. An engine is rented the first time that an expression needs one and given
/// back at the end; belongs to one thread at a time.
/// </summary>
internal sealed class RunScope(ScriptLibrary library, IReadOnlyList<Value?> values, long index) : IDisposable
{
    private ScriptSession? _session;
    private JsonElement? _task;

    public long Index { get; } = index;

    /// <summary>A parameter's value; null where this run has none.</summary>
    public Value? ValueOf(int slot) => slot < values.Count ? values[slot] : null;

    /// <summary>The run's key; null while it is still to be made.</summary>
    public string? Key { get; init; }

    /// <summary>The response's JSON; null where it is not JSON.</summary>
    public JsonElement? Response { get; init; }

    /// <summary>The response as it came, for a script to parse.</summary>
    public ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>The task as it ended; null before that.</summary>
    public TaskSnapshot? Snapshot { get; init; }

    /// <summary>The task as expressions see it.</summary>
    public JsonElement Task => _task ??= JsonElement.Parse(TaskFacts.Of(Snapshot!));

    /// <summary>
    /// What an expression comes to. One that took too long is tried once more, by another engine: the machine may have
    /// slept, or this process may have been new on a busy one.
    /// </summary>
    public Outcome Call(ScriptExpression script)
    {
        var outcome = Session.Call(script, this);
        if (!Session.IsLate)
        {
            return outcome;
        }

        Dispose();
        return Session.Call(script, this);
    }

    private ScriptSession Session => _session ??= library.Rent();

    public void Dispose()
    {
        if (_session is { } session)
        {
            _session = null;
            library.Return(session);
        }
    }
}
