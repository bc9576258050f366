using Jint;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>
/// Limits the time of one evaluation; without a limit until one is set. Time in which this process did not compute, because
/// the machine slept or others had its processors, does not count: it says nothing about the expression.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="processorTime">The processor time that this process has used in all, on all of its threads.</param>
internal sealed class ScriptTimeLimit(TimeProvider time, Func<TimeSpan> processorTime) : Constraint
{
    private TimeSpan? _most;
    private long _began = time.GetTimestamp();
    private TimeSpan _used = processorTime();

    public void Set(TimeSpan most) => _most = most;

    public override void Reset()
    {
        _began = time.GetTimestamp();
        _used = processorTime();
    }

    /// <exception cref="TimeoutException">The evaluation takes longer.</exception>
    public override void Check()
    {
        if (_most is { } most && time.GetElapsedTime(_began) > most && processorTime() - _used > most)
        {
            throw new TimeoutException($"longer than {most}");
        }
    }
}
