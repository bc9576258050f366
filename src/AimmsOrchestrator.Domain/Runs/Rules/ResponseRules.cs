using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>
/// What follows from a completed task whose response is not there. A 404 is no fact about the task, since a gateway may say
/// it for a while: the service is asked for the task as well, and the response is asked for during minutes.
/// </summary>
/// <param name="tasks">The rules about the task itself.</param>
/// <param name="retry">Waits and settling time.</param>
/// <param name="needsResponse">Whether the scenario takes anything from a response.</param>
internal sealed class ResponseRules(TaskRules tasks, RetryPolicy retry, bool needsResponse)
{
    /// <summary>After this number of answers in a row that there is no response, the service is asked for the task.</summary>
    private const int FewestMissing = 3;

    /// <summary>A response that the scenario needs is waited for this number of settling times: 5 minutes by default.</summary>
    private const int PatienceInSettlings = 15;

    private TimeSpan Patience => PatienceInSettlings * retry.Settlement.Settle;

    /// <summary>The response did not come.</summary>
    public RunDecision FetchFault(Run run, ServiceFault fault, RunMoment moment)
    {
        if (!run.Streak!.Is(FaultKind.Unknown, FewestMissing, retry.Settlement.Settle / 4, moment.Now))
        {
            return tasks.Repeat(run, fault, moment, wait => new RunEffect.Fetch(run.TaskId!.Value, wait));
        }

        var missing = run.WithAnswer() with
        {
            MissingSince = run.MissingSince ?? run.Streak.Since,
            HasSaidOnlyMissing = run.HasSaidOnlyMissing && run.Faults == run.Streak.Count,
        };
        return RunDecision.Of(missing, new RunEffect.Poll(run.TaskId!.Value, TimeSpan.Zero));
    }

    /// <summary>The task was polled because its response is not there.</summary>
    public RunDecision Polled(Run run, Reply<TaskSnapshot> reply, RunMoment moment)
    {
        if (!reply.IsSuccess)
        {
            return tasks.PollFault(run.WithFault(reply.Fault, moment.Now), reply.Fault, moment);
        }

        if (!needsResponse && run.HasSaidOnlyMissing)
        {
            return RunDecision.Of(run, new RunEffect.ExtractResults(run.Task!, Response: null));
        }

        if (run.IsFetchedAnew)
        {
            return tasks.Forgotten(run, $"the service has no response of task {run.TaskId}", moment);
        }

        if (moment.Now - run.MissingSince >= Patience)
        {
            var error = new RunError(
                RunErrorKind.NoResponse,
                $"task {run.TaskId} completed, and the service has had no response of it for {Patience.TotalMinutes:0.#} min (404)"
            );
            return RunDecision.Fail(run, new RunFailed(error, moment.Now));
        }

        var wait = retry.WaitAfter(1, moment.Jitter);
        return RunDecision.Of(run.WithAnswer(), new RunEffect.Fetch(run.TaskId!.Value, wait));
    }
}
