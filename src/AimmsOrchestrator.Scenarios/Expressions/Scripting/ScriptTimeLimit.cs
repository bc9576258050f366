using System.Diagnostics;
using Jint;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>Limits the time of one evaluation; without a limit until one is set.</summary>
internal sealed class ScriptTimeLimit : Constraint
{
    private TimeSpan? _most;
    private long _began = Stopwatch.GetTimestamp();

    public void Set(TimeSpan most) => _most = most;

    public override void Reset() => _began = Stopwatch.GetTimestamp();

    /// <exception cref="TimeoutException">The evaluation takes longer.</exception>
    public override void Check()
    {
        if (_most is { } most && Stopwatch.GetElapsedTime(_began) > most)
        {
            throw new TimeoutException($"longer than {most}");
        }
    }
}
