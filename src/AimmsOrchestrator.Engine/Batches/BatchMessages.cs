using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>What a supervisor is told to do.</summary>
internal static class BatchCommands
{
    /// <summary>Submit nothing more, leave the tasks at the service alone, write down where things stand, and end.</summary>
    /// <param name="Stop">Why.</param>
    public sealed record Detach(BatchStop Stop);
}
