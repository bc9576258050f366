using System.Text.Json;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Expressions.Scripting;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>
/// The values that the expressions of one run can use. The first expression that needs an engine rents one, and
/// <see cref="Dispose"/> returns it. For one thread at a time.
/// </summary>
internal sealed class RunScope(IReadOnlyList<Value?> values, long index) : IDisposable
{
    private ScriptSession? _session;
    private JsonElement? _task;

    public long Index { get; } = index;

    /// <summary>A parameter's value; null where this run has none.</summary>
    public Value? ValueOf(int slot) => slot < values.Count ? values[slot] : null;

    /// <summary>The run's key; null before it is made.</summary>
    public string? Key { get; init; }

    /// <summary>The response's JSON; null where it is not JSON.</summary>
    public JsonElement? Response { get; init; }

    /// <summary>The response's bytes, for a script to parse.</summary>
    public ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>The response where it is too large to be parsed; null where it is not.</summary>
    public LargeResponse? LargeResponse { get; init; }

    /// <summary>The task as it ended; null before that.</summary>
    public TaskSnapshot? Snapshot { get; init; }

    /// <summary>The task as expressions see it.</summary>
    public JsonElement Task => _task ??= JsonElement.Parse(TaskFacts.ToJson(Snapshot!));

    /// <summary>
    /// A script's value. One whose pattern took too long is tried once more, by another engine: the machine may have slept, or
    /// been busy with other programs.
    /// </summary>
    public Outcome Call(ScriptExpression script)
    {
        _session ??= script.Library.Rent();
        var outcome = _session.Call(script, this);
        if (!_session.IsPatternLate)
        {
            return outcome;
        }

        Dispose();
        _session = script.Library.Rent();
        return _session.Call(script, this);
    }

    public void Dispose()
    {
        _session?.Return();
        _session = null;
    }
}
