using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>What surrounds the modelled drivers, and decides what becomes of what they do.</summary>
internal interface IModelHost
{
    /// <summary>A driver writes to the journal; what follows happens once that is on disk, if the driver lives to see it.</summary>
    void Commit(ModelDriver driver, int run, IReadOnlyList<RunEvent> events, Action then);

    /// <summary>A driver makes a POST, whose intent is on disk.</summary>
    void Post(ModelDriver driver, int run, int attempt);

    /// <summary>The service's list of tasks.</summary>
    Reply<TaskPage> List(TaskFilter filter);

    /// <summary>How long a page of it is under way; it shows the service as it was when it was asked for.</summary>
    TimeSpan PageTime();
}
