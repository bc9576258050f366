namespace AimmsOrchestrator.Domain.Progress;

/// <summary>Follows how far a batch is.</summary>
public interface IBatchObserver
{
    /// <summary>Called a few times per second at most, one call at a time. One that blocks misses snapshots.</summary>
    void OnProgress(BatchProgress progress);
}
