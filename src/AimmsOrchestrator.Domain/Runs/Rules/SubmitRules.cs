using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>What follows from what happens to a submit: taken, turned away, lost and settled.</summary>
internal sealed class SubmitRules(PollRules polls, RetryPolicy retry)
{
    private static readonly RunEffect.ReleaseSubmit EndSubmit = new();

    /// <summary>Each sign of life of a driver may renew its lease (<c>Workspaces/OwnershipTimes.cs</c>).</summary>
    private static readonly TimeSpan UntilNextSign = TimeSpan.FromMilliseconds(500);

    /// <summary>The throttle lets the run make its POST.</summary>
    public static RunDecision Intend(Run run, DateTimeOffset now)
    {
        var attempt = run.Attempts + 1;
        return RunDecision.Of(run, new SubmitIntended(attempt, now), new RunEffect.Submit(attempt));
    }

    /// <summary>The account has no slot: nothing has happened, and the run asks again once it has one.</summary>
    public static RunDecision Refused(Run run, Run before) =>
        RunDecision.Of(
            before with
            {
                IsDraining = run.IsDraining,
                IsDetaching = run.IsDetaching,
            },
            new RunEffect.AwaitAccount(),
            new RunEffect.AcquireSubmit(TimeSpan.Zero)
        );

    /// <summary>The POST was answered, or its fault is known.</summary>
    public RunDecision Answered(Run run, Reply<TaskId> reply, RunMoment moment)
    {
        if (reply.IsSuccess)
        {
            var submitted = new Submitted(run.Attempts, reply.Value, moment.Now);
            var next = polls.First(run.Apply(submitted), moment);
            return RunDecision.Of(run.WithAnswer(), submitted, EndSubmit, next);
        }

        return reply.Fault is { Kind: FaultKind.Misdirected, MayHaveArrived: true } misdirected
                ? LostElsewhere(run, misdirected, moment.Now)
            : reply.Fault.Kind == FaultKind.Withheld ? Withheld(run, reply.Fault, moment.Now)
            : reply.Fault.MayHaveArrived ? Lost(run, reply.Fault, moment.Now)
            : NotTaken(run.WithFault(reply.Fault, moment.Now), reply.Fault, moment);
    }

    /// <summary>The program ended while the POST was under way, or while its fate was being found out.</summary>
    public RunDecision Resume(Run run, DateTimeOffset now) =>
        run.Phase == RunPhase.Submitting
            ? RunDecision.Of(
                run,
                new SubmitUnconfirmed(run.Attempts, "the program ended while the submit was under way", false, now),
                Settle(run, now) with
                {
                    InheritedAt = now,
                    ArrivesWithin = retry.Settlement.LateArrival,
                }
            )
            : RunDecision.Of(
                run,
                Settle(run, run.LostAt ?? now) with
                {
                    Loss = SubmitLosses.OfStatus(run.LossStatus),
                    InheritedAt = now,
                    IsLossSeen = run.LostAt is not null && !run.IsLostWithItsDriver,
                    ArrivesWithin = run.IsLostWithItsDriver ? retry.Settlement.LateArrival : null,
                }
            );

    /// <summary>What became of a POST whose answer was lost.</summary>
    public RunDecision Settled(Run run, SettlementOutcome outcome, RunMoment moment)
    {
        var settled = new SubmitSettled(run.Attempts, outcome.Verdict, outcome.Task, outcome.Reason, moment.Now);
        var next = run.Apply(settled);
        switch (outcome)
        {
            case { Task: { } task }:
                return RunDecision.Of(run, settled, EndSubmit, new RunEffect.Poll(task, TimeSpan.Zero));

            case { Verdict: SettlementVerdict.Ambiguous } when !retry.Settlement.SendsAmbiguous:
                var message =
                    $"the answer to its submit was lost ({run.LossReason}) and {outcome.Reason}: it is not sent again, since that might pay for it twice";
                var ambiguous = new RunFailed(new RunError(RunErrorKind.LostAnswer, message), moment.Now);
                return RunDecision.Fail(next, ambiguous, EndSubmit).After(settled);

            case { Verdict: SettlementVerdict.SentAgain } when MayBeSentAgain(next) is { IsRetried: false } last:
                var often = last.Explain($"{run.LossReason}, as often as it may be tried; {outcome.Reason}");
                var failed = new RunFailed(new RunError(RunErrorKind.Rejected, often), moment.Now);
                return RunDecision.Fail(next, failed, EndSubmit).After(settled);

            default:
                var wait =
                    next.Failures > 0 || run.LossStatus is not null
                        ? retry.WaitAfter(Math.Max(1, next.Failures), moment.Jitter)
                        : TimeSpan.Zero;
                return RunDecision.Of(run, settled, EndSubmit, new RunEffect.AcquireSubmit(wait));
        }
    }

    /// <summary>Nothing was tried at the service: the run asks again, and its next intent shows whether the batch is still its driver's.</summary>
    private static RunDecision Withheld(Run run, ServiceFault fault, DateTimeOffset now) =>
        RunDecision.Of(
            run,
            new SubmitFailed(run.Attempts, fault, CountsAsAttempt: false, now),
            EndSubmit,
            new RunEffect.AcquireSubmit(UntilNextSign)
        );

    /// <summary>A gateway with nothing behind it costs no run an attempt.</summary>
    private static RunDecision Lost(Run run, ServiceFault fault, DateTimeOffset now) =>
        RunDecision.Of(
            run,
            new SubmitUnconfirmed(run.Attempts, fault.Message, fault.HttpStatus is not (502 or 503), now)
            {
                HttpStatus = fault.HttpStatus,
            },
            Settle(run, now) with
            {
                Loss = SubmitLosses.Of(fault),
            }
        );

    /// <summary>A submit that the service never took is sent again; where it was answered, the scenario's condition is asked.</summary>
    private RetryDecision MayBeSentAgain(Run run) =>
        run is { LossStatus: { } status, Failures: > 0 }
            ? retry.Decide(
                new FailedAttempt(run.Failures, run.LossReason!) { HttpStatus = status },
                isRetriedByDefault: true
            )
            : run.LossStatus is not null || run.Failures < retry.MaximumAttempts;

    /// <summary>
    /// Neither the answer nor the list can be had before a person acts: the batch ends here, and the execution that resumes it
    /// settles the submit.
    /// </summary>
    private static RunDecision LostElsewhere(Run run, ServiceFault fault, DateTimeOffset now) =>
        RunDecision.Of(
            run,
            new SubmitUnconfirmed(run.Attempts, fault.Message, CountsAsAttempt: false, now),
            new RunEffect.StopBatch(fault),
            new RunEffect.Detach()
        );

    private static RunEffect.Settle Settle(Run run, DateTimeOffset lostAt) =>
        new(run.Attempts, run.IntendedAt ?? lostAt, lostAt);

    private RunDecision NotTaken(Run run, ServiceFault fault, RunMoment moment)
    {
        switch (fault.Kind)
        {
            case FaultKind.Refused or FaultKind.Unknown or FaultKind.Misdirected:
                return RunDecision.Of(
                    run,
                    Failed(counts: false),
                    new RunEffect.StopBatch(fault),
                    new RunEffect.Detach()
                );

            case FaultKind.Overloaded when fault.Pause is { } pause:
                return RunDecision.Of(
                    run,
                    Failed(counts: false),
                    new RunEffect.PauseFor(pause),
                    EndSubmit,
                    new RunEffect.AcquireSubmit(retry.WaitAfter(run.Faults, moment.Jitter))
                );

            case FaultKind.Overloaded when fault.RetryAfter is not null:
            case var _ when fault.IsOutage:
                // The service has no time now, or was not there: whether to wait for it is not one run's decision.
                return RunDecision.Of(
                    run,
                    Failed(counts: false),
                    EndSubmit,
                    new RunEffect.AcquireSubmit(retry.WaitAfter(run.Faults, moment.Jitter))
                );
        }

        var failures = run.Failures + 1;
        var attempt = new FailedAttempt(failures, fault.Message) { HttpStatus = fault.HttpStatus };
        var decision = retry.Decide(attempt, isRetriedByDefault: fault.Kind != FaultKind.WrongRequest);
        return decision.IsRetried
            ? RunDecision.Of(
                run,
                Failed(counts: true),
                EndSubmit,
                new RunEffect.AcquireSubmit(retry.WaitAfter(failures, moment.Jitter))
            )
            : RunDecision.Fail(
                run,
                new RunFailed(new RunError(RunErrorKind.Rejected, decision.Explain(fault.Message)), moment.Now),
                EndSubmit
            );

        SubmitFailed Failed(bool counts) => new(run.Attempts, fault, counts, moment.Now);
    }
}
