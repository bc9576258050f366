using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>What follows from what happens to a task at the service: seen, forgotten, late, interrupted, ended.</summary>
internal sealed class TaskRules(PollRules polls, RetryPolicy retry, TimeLimits limits)
{
    /// <summary>After this number of answers in a row that the service does not know a task, for the settling time at least, it has forgotten the task.</summary>
    private const int FewestUnknown = 5;

    /// <summary>The cloud's times are cut to whole seconds.</summary>
    private static readonly TimeSpan WholeSecond = TimeSpan.FromSeconds(1);

    /// <summary>After this number of answers in a row that cannot be decoded, the task is given up: the next ones would not be either.</summary>
    private const int MostUnreadable = 3;

    private static readonly RunEffect.ReleaseSlot SlotFree = new();

    private readonly TimeoutRules _timeouts = new(limits);

    /// <summary>A poll was answered.</summary>
    public RunDecision Polled(Run run, Reply<TaskSnapshot> reply, RunMoment moment) =>
        reply.IsSuccess
            ? Seen(run.WithAnswer() with { Polls = run.Polls + 1 }, reply.Value, moment)
            : PollFault(run.WithFault(reply.Fault, moment.Now), reply.Fault, moment);

    /// <summary>The batch ends soon.</summary>
    public static RunDecision Drain(Run run) =>
        RunDecision.Of(run with { IsDraining = true }, new RunEffect.PollNow(run.TaskId!.Value));

    /// <summary>An interrupt was answered.</summary>
    public RunDecision Interrupted(Run run, RunFact.InterruptAnswered fact, RunMoment moment)
    {
        // From here on the end is near: polls begin again with the shortest wait.
        var soon = run with
        {
            Polls = 0,
            IsInterruptSent = true,
        };
        var pollSoon = polls.Soon(run);
        if (fact.Reply.IsSuccess)
        {
            var task = fact.Reply.Value;
            soon = soon.WithAnswer();
            return task.State.IsEnded() ? Seen(Ended(soon, task), task, moment) : RunDecision.Of(soon, pollSoon);
        }

        var fault = fact.Reply.Fault;
        var faulty = soon.WithFault(fault, moment.Now);
        return fault.Kind switch
        {
            FaultKind.Unknown => PollFault(faulty, fault, moment),
            FaultKind.Overloaded or FaultKind.Unreachable => RequestFault(
                run.WithInterrupt(fault.MayHaveArrived ? fact.How : null).WithFault(fault, moment.Now),
                fault,
                moment.Now,
                new RunEffect.Interrupt(run.TaskId!.Value, fact.How, retry.WaitAfter(faulty.Faults, moment.Jitter))
            ),

            // The service does not do that, or not any more: the next poll shows.
            FaultKind.WrongRequest => RunDecision.Of(soon with { EndedBeforeInterrupt = true }, pollSoon),
            _ => RunDecision.Of(soon, pollSoon),
        };
    }

    /// <summary>The task was to be removed from the queue.</summary>
    public RunDecision Withdrawn(Run run, Reply<TaskId> reply, DateTimeOffset now)
    {
        if (!reply.IsSuccess)
        {
            // It has begun in the meantime, or the request went wrong: the next poll shows. Also after a 404, which a gateway may say for
            // a moment, and the task runs on.
            return RunDecision.Of(run, polls.Soon(run));
        }

        if (run.IsDraining)
        {
            var back = new TaskForgotten(
                "it still waited in the service's queue when the batch ended",
                CountsAsAttempt: false,
                now
            );
            return RunDecision.Of(run, back);
        }

        var late = new RunError(
            RunErrorKind.TimedOut,
            "the task waited in the service's queue for longer than timeouts.queue, and was withdrawn"
        );
        return RunDecision.Fail(run, new RunFailed(late, now), SlotFree);
    }

    private RunDecision Seen(Run run, TaskSnapshot task, RunMoment moment)
    {
        switch (task.State)
        {
            case TaskState.Completed:
                var fetch = new RunEffect.Fetch(task.Id, TimeSpan.Zero);
                var completed = new TaskCompleted(task, moment.Now)
                {
                    EndedBeforeInterrupt = run.EndedBeforeInterrupt && !run.IsCut,
                };
                return RunDecision.Of(run, completed, SlotFree, fetch);

            case TaskState.Failed:
                return FailedTaskRules.Begin(run, task, moment.Now);
        }

        RunEvent[] seen =
            task.State == run.TaskState
                ? []
                : [new TaskSeen(task.State, moment.Now) { RunningSince = RunningSince(run, task, moment.Now) }];
        var next = HintRules.Seen(seen.Aggregate(run, (r, change) => r.Apply(change)), moment.Now);
        var (due, wait) = _timeouts.Next(next, moment.Now, moment.Typical);
        var decision = due switch
        {
            null => RunDecision.Of(next, polls.Next(next, wait, moment.Now)),
            { How: { } how } => RunDecision.Of(
                next,
                new TaskInterrupted(how, due.Reason, moment.Now) { CutAfter = CutAfter(next, due, moment.Now) },
                new RunEffect.Interrupt(run.TaskId!.Value, how, TimeSpan.Zero)
            ),
            _ => RunDecision.Of(next, new RunEffect.Withdraw(run.TaskId!.Value)),
        };
        return decision with { Events = [.. seen, .. decision.Events] };
    }

    /// <summary>The service states how long the task waited: it may have been running for a while.</summary>
    private static DateTimeOffset? RunningSince(Run run, TaskSnapshot task, DateTimeOffset now) =>
        task is { QueueTime: { } waited } && task.State.IsExecuting() && run.SubmittedAt + waited <= now
            ? run.SubmittedAt + waited
            : null;

    /// <summary>
    /// The run of a task that the answer to an interrupt shows ended. The interrupt may have taken effect before its answer was
    /// written: only a task that ran for clearly less than the limit is known to have ended by itself. Of
    /// <c>interrupt-processed</c> the vendor's page says that the interrupt is "already processed", and not by what: it shows
    /// that this one did nothing, and an earlier one may have cut the task all the same.
    /// </summary>
    private static Run Ended(Run run, TaskSnapshot task)
    {
        var isProcessed = "interrupt-processed".Equals(task.SetStatus, StringComparison.OrdinalIgnoreCase);
        var isTakenUp = task.SetStatus is not null && !isProcessed;
        return !isTakenUp && task.RunTime + WholeSecond <= run.Interrupted?.CutAfter
            ? run with
            {
                EndedBeforeInterrupt = true,
                EarlierInterrupt = null,
            }
            : run with
            {
                EndedBeforeInterrupt = isProcessed,
            };
    }

    /// <summary>The first interrupt cuts the solve: by its limit, or after the time that the task had until then.</summary>
    private static TimeSpan? CutAfter(Run run, Overdue due, DateTimeOffset now) =>
        run.Interrupted is { } first ? first.CutAfter : due.Limit ?? now - run.ActiveSince;

    /// <summary>A task that completed without a success is tried again only where the scenario says so.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">The task as it ended.</param>
    /// <param name="response">What it wrote.</param>
    /// <param name="failed">How the run ends otherwise.</param>
    /// <param name="jitter">Draws the wait.</param>
    public RunDecision EndOrTryAgain(
        Run run,
        TaskSnapshot task,
        TaskResponse? response,
        RunFailed failed,
        double jitter
    )
    {
        var attempt = new FailedAttempt(run.Failures + 1, failed.Error.Message) { Task = task, Response = response };
        var decision = run.Interrupted is null ? retry.Decide(attempt, isRetriedByDefault: false) : false;
        return decision.IsRetried
            ? RunDecision.Of(
                run,
                new AttemptFailed(failed.Error, task, failed.At),
                new RunEffect.AcquireSubmit(retry.WaitAfter(attempt.Attempt, jitter))
            )
            : RunDecision.Fail(
                run,
                failed with
                {
                    Error = failed.Error with { Cause = decision.Explain(failed.Error.Cause) },
                },
                SlotFree
            );
    }

    /// <summary>A poll failed.</summary>
    public RunDecision PollFault(Run run, ServiceFault fault, RunMoment moment) =>
        run.Streak!.Is(FaultKind.Unknown, FewestUnknown, retry.Settlement.Settle, moment.Now)
            ? Forgotten(run, $"the service no longer knows task {run.TaskId}", moment)
            : Repeat(run, fault, moment, wait => new RunEffect.Poll(run.TaskId!.Value, wait));

    /// <summary>A request about the task failed, and is made again after a wait, unless every run would meet the fault.</summary>
    public RunDecision Repeat(Run run, ServiceFault fault, RunMoment moment, Func<TimeSpan, RunEffect> again) =>
        RequestFault(run, fault, moment.Now, again(retry.WaitAfter(run.Faults, moment.Jitter)));

    /// <summary>The service does not have the task or its response any more: the run is submitted anew.</summary>
    public RunDecision Forgotten(Run run, string reason, RunMoment moment)
    {
        var attempt = new FailedAttempt(run.Failures + 1, reason) { HttpStatus = 404 };
        var decision = retry.Decide(attempt, isRetriedByDefault: true);
        return decision.IsRetried
            ? RunDecision.Of(
                run,
                new TaskForgotten(reason, CountsAsAttempt: true, moment.Now),
                new RunEffect.AcquireSubmit(retry.WaitAfter(attempt.Attempt, moment.Jitter))
            )
            : RunDecision.Fail(
                run,
                new RunFailed(new RunError(RunErrorKind.Forgotten, decision.Explain(reason)), moment.Now)
            );
    }

    private static RunDecision RequestFault(Run run, ServiceFault fault, DateTimeOffset now, RunEffect again)
    {
        switch (fault.Kind)
        {
            case FaultKind.Refused or FaultKind.Misdirected:
            case FaultKind.Broken
                when fault.IsWebPage
                    && run.Phase == RunPhase.AtService
                    && run.Streak!.Count >= RunRules.MaxConsecutiveFaults:
                return RunDecision.Of(run, new RunEffect.StopBatch(fault), new RunEffect.Detach());

            case FaultKind.Hopeless:
            case FaultKind.Unreadable when run.Streak!.Count >= MostUnreadable:
                return RunDecision.Fail(run, new RunFailed(new RunError(RunErrorKind.Broken, fault.Message), now));

            case FaultKind.WrongRequest
            or FaultKind.Broken when run.Streak!.Count >= RunRules.MaxConsecutiveFaults && !fault.IsOutage:
                return RunDecision.Fail(run, new RunFailed(new RunError(RunErrorKind.Broken, fault.Message), now));

            case FaultKind.Overloaded when fault.Pause is { } pause:
                // The pause is the service's wish, and may be short: the wait of the policy runs meanwhile.
                return RunDecision.Of(run, new RunEffect.PauseFor(pause), again);

            default:
                return RunDecision.Of(run, again);
        }
    }
}
