using AimmsOrchestrator.Domain.Estimates;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>The batch's typical durations as its supervisor last published them; every task actor reads them.</summary>
internal sealed class PublishedDurations
{
    private volatile TypicalDurations _latest = TypicalDurations.Unknown;

    public TypicalDurations Latest => _latest;

    /// <summary>Called by the batch's supervisor alone.</summary>
    public void Publish(TypicalDurations typical) => _latest = typical;
}
