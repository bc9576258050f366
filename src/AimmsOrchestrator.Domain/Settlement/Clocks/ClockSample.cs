namespace AimmsOrchestrator.Domain.Settlement.Clocks;

/// <summary>One own task on both clocks.</summary>
/// <param name="IntendedAt">When its intent was written, on this machine's clock: it was not created before.</param>
/// <param name="AnsweredAt">When its id was here, on this machine's clock: it was not created after.</param>
/// <param name="CreatedAt">When the service created it, on the service's clock.</param>
public sealed record ClockSample(DateTimeOffset IntendedAt, DateTimeOffset AnsweredAt, DateTimeOffset CreatedAt)
{
    /// <summary>What the offset must be for this task.</summary>
    public ClockOffset Offset(TimeSpan resolution) => new(CreatedAt - AnsweredAt, CreatedAt + resolution - IntendedAt);
}
