using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>What a task actor reports to its supervisor. What happens to it comes as <see cref="RunFact"/>s.</summary>
internal static class RunNotifications
{
    /// <summary>The run has ended, and that is on disk.</summary>
    /// <param name="Permit">Whose.</param>
    /// <param name="Phase">How.</param>
    /// <param name="Results">Its results; null where it has none.</param>
    /// <param name="IsCopied">Whether its answer is an earlier one's.</param>
    public sealed record Ended(PermitId Permit, RunPhase Phase, RunResults? Results, bool IsCopied);
}
