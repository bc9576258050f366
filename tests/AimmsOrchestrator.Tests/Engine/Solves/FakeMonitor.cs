using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;

namespace AimmsOrchestrator.Tests.Engine.Solves;

/// <summary>A service whose models all write the same: how often they were asked, or nothing.</summary>
internal sealed class FakeMonitor : ISolveMonitor
{
    public Exception? Bug { get; set; }

    public int Asked { get; private set; }

    public ServiceFault? Fault { get; set; }

    public bool MayKnowSolves => true;

    public Task<Reply<SolveStatus>> GetSolveStatusAsync(TaskId id, CancellationToken cancellationToken)
    {
        Asked++;
        if (Bug is not null)
        {
            return Task.FromException<Reply<SolveStatus>>(Bug);
        }

        return Task.FromResult<Reply<SolveStatus>>(
            Fault is { } fault ? fault : new SolveStatus(Asked, Bound: null, Gap: null)
        );
    }
}
