namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>From a task's end until the service has the next task, on average; the latest weigh most.</summary>
internal sealed class Lateness
{
    private const double Weight = 1 / 16.0;

    private TimeSpan? _notice;
    private TimeSpan? _submit;

    public TimeSpan Mean => (_notice ?? TimeSpan.Zero) + (_submit ?? TimeSpan.Zero);

    /// <summary>An end was noticed this long after it.</summary>
    public void Noticed(TimeSpan late) => _notice = Blend(_notice, late > TimeSpan.Zero ? late : TimeSpan.Zero);

    /// <summary>A submit took this long.</summary>
    public void Submitted(TimeSpan took) => _submit = Blend(_submit, took);

    private static TimeSpan Blend(TimeSpan? mean, TimeSpan value) =>
        mean is { } before ? before + ((value - before) * Weight) : value;
}
