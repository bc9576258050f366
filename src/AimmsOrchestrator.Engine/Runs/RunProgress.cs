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
            var failure = new RunFailure(planned.Index, planned.Name, error.Message);
            progress.Tell(new ProgressNotifications.FailureAdded(failure));
        }
    }

    /// <summary>Reports the run's results.</summary>
    public void Completed(Run run, RunResults results)
    {
        var success = new RunSuccess(planned.Index, planned.Name, results.ValuesJson) { IsIncumbent = run.IsIncumbent };
        progress.Tell(new ProgressNotifications.ResultAdded(success));
    }
}
