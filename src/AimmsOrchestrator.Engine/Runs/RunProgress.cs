using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Engine.Progress;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>What one run reports to the batch's progress.</summary>
/// <param name="progress">The progress actor.</param>
/// <param name="planned">The run.</param>
internal sealed class RunProgress(IActorRef progress, PlannedRun planned)
{
    private RunState? _shown;

    /// <summary>Progress counts the run already, where it stands.</summary>
    public void Known(Run run) => _shown = run.Phase.ToState(run.TaskState);

    /// <summary>Reports the run's state if it changed, and its failure.</summary>
    public void Show(Run run)
    {
        var state = run.Phase.ToState(run.TaskState);
        if (state == _shown)
        {
            return;
        }

        progress.Tell(new ProgressNotifications.RunMoved(_shown, state));
        _shown = state;
        if (run.Error is { } error)
        {
            progress.Tell(new RunFailure(planned.Name, error.Message));
        }
    }

    /// <summary>Reports the run's results.</summary>
    public void Completed(Run run, RunResults results)
    {
        progress.Tell(new RunSuccess(planned.Name, results.ValuesJson) { IsIncumbent = run.IsIncumbent });
    }
}
