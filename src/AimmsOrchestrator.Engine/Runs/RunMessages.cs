using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>What a task actor is told to do. What happens to it comes as <see cref="RunFact"/>s.</summary>
internal static class RunCommands
{
    /// <summary>End as soon as nothing can get lost by it: the task stays at the service, the run stays as it is.</summary>
    public sealed class Detach
    {
        public static readonly Detach Instance = new();
    }
}

/// <summary>What a task actor tells its supervisor.</summary>
internal static class RunNotifications
{
    /// <summary>The run has ended, and that is on disk.</summary>
    /// <param name="Permit">Whose.</param>
    /// <param name="Phase">How.</param>
    /// <param name="Results">Its figures; null where it has none.</param>
    public sealed record Ended(PermitId Permit, RunPhase Phase, RunResults? Results);

    /// <summary>The run was left as it is.</summary>
    public sealed record Detached(PermitId Permit);

    /// <summary>The service said something that every other run would hear too.</summary>
    public sealed record ServiceRefused(ServiceFault Fault);
}
