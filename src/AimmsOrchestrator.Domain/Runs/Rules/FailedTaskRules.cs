using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>
/// What follows from a task that ended failed: it may have written a response all the same, such as an error document. The
/// failure is on disk first; then one request asks for the response.
/// </summary>
internal sealed class FailedTaskRules(RetryPolicy retry, ResponseKeeping responses)
{
    /// <summary>After this number of answers in a row that make no sense, the run ends without the response.</summary>
    private const int MostUselessAnswers = 3;

    private static readonly RunEffect.ReleaseSlot SlotFree = new();

    /// <summary>The task was seen failed.</summary>
    public static RunDecision Begin(Run run, TaskSnapshot task, DateTimeOffset now)
    {
        var failed = new TaskFailed(task, now) { EndedBeforeInterrupt = run.EndedBeforeInterrupt && !run.MayBeEnded };
        return RunDecision.Of(run, failed, SlotFree, new RunEffect.Fetch(task.Id, TimeSpan.Zero));
    }

    /// <summary>The response did not come: a 404 says that there is none.</summary>
    public RunDecision FetchFault(Run run, ServiceFault fault, RunMoment moment)
    {
        var again = new RunEffect.Fetch(run.Task!.Id, retry.WaitAfter(run.Faults, moment.Jitter));
        return fault.Kind switch
        {
            FaultKind.Unknown => End(run, response: null, results: null, moment),
            FaultKind.Refused or FaultKind.Misdirected => RunDecision.Of(
                run,
                new RunEffect.StopBatch(fault),
                new RunEffect.Detach()
            ),
            FaultKind.Overloaded when fault.Pause is { } pause => RunDecision.Of(
                run,
                new RunEffect.PauseFor(pause),
                again
            ),
            FaultKind.Broken
            or FaultKind.WrongRequest
            or FaultKind.Unreadable
            or FaultKind.Hopeless
                when (run.Faults >= MostUselessAnswers || fault.Kind == FaultKind.Hopeless) && !fault.IsOutage => End(
                run,
                response: null,
                new RunResults("{}", $"its response could not be fetched: {fault.Message}", IsSuccess: false),
                moment
            ),
            _ => RunDecision.Of(run, again),
        };
    }

    /// <summary>What the failed task wrote is known: the run ends, or is tried again where the scenario says so.</summary>
    /// <param name="run">The run, with its task.</param>
    /// <param name="response">What the task wrote; null where it wrote nothing.</param>
    /// <param name="results">What the scenario extracts from that; null where there is nothing to extract from.</param>
    /// <param name="moment">When, and what is known then.</param>
    public RunDecision End(Run run, TaskResponse? response, RunResults? results, RunMoment moment)
    {
        var error = ErrorOf(run);
        var attempt = new FailedAttempt(run.Failures + 1, error.Cause) { Task = run.Task, Response = response };
        var decision = run.Interrupted is null ? retry.Decide(attempt, isRetriedByDefault: false) : false;
        if (decision.IsRetried)
        {
            return RunDecision.Of(
                run,
                new AttemptFailed(error, run.Task!, moment.Now),
                new RunEffect.AcquireSubmit(retry.WaitAfter(attempt.Attempt, moment.Jitter))
            );
        }

        var failed = new RunFailed(error with { Cause = decision.Explain(error.Cause) }, moment.Now)
        {
            Response = responses == ResponseKeeping.None ? null : response,
            Results = results is null ? null : results with { IsSuccess = false },
        };
        return RunDecision.Fail(run, failed);
    }

    /// <summary>Why a run failed whose task did.</summary>
    public static RunError ErrorOf(Run run)
    {
        if (run is { Interrupted: { } ours, MayBeEnded: true })
        {
            return new RunError(RunErrorKind.TimedOut, $"{ours.Reason}, and its execution was ended");
        }

        var why = run.Task!.ErrorMessage;
        return new RunError(
            RunErrorKind.TaskFailed,
            string.IsNullOrWhiteSpace(why) ? "the task failed, and the service does not say why" : why
        );
    }
}
