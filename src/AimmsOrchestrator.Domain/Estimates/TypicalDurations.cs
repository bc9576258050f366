namespace AimmsOrchestrator.Domain.Estimates;

/// <summary>The medians over a batch's completed tasks; null while there are too few of them.</summary>
/// <param name="Queue">In the service's queue.</param>
/// <param name="Run">From start to end.</param>
public sealed record TypicalDurations(TimeSpan? Queue, TimeSpan? Run)
{
    /// <summary>Too few tasks have completed.</summary>
    public static TypicalDurations Unknown { get; } = new(Queue: null, Run: null);
}
