using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// What follows from what happens to a run: every rule of submitting, looking, retrieving, retrying and giving up, as
/// functions of the run, the fact, the time and a chance, so that they can be read and tested without an actor, a
/// clock or a network.
/// </summary>
public sealed class RunRules(PollPolicy poll, RetryPolicy retry)
{
    /// <summary>
    /// How many requests in a row about a task that the service has may fail before the task is given up. GETs can be
    /// repeated at no risk, and giving up loses a result that was paid for; so this is far more than the attempts of a
    /// submit.
    /// </summary>
    public const int Patience = 12;

    private static readonly RunEffect.EndSubmit EndSubmit = new();
    private static readonly RunEffect.FreePlace FreePlace = new();
    private static readonly RunEffect.Finish Finished = new();

    /// <summary>What to keep and do about a fact; nothing where the fact is out of date.</summary>
    /// <param name="run">The run before.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="now">When, UTC.</param>
    /// <param name="chance">A number from [0, 1) that draws the jitter of a retry.</param>
    public RunDecision Integrate(Run run, RunFact fact, DateTimeOffset now, double chance) =>
        fact switch
        {
            RunFact.Admitted f => Begin(run, f.Defect, now),
            RunFact.Restarted f => GoOn(run, f.IsServiceNew, now),
            RunFact.NeverAsked when run.Phase == RunPhase.Pending => Decide(
                run,
                new RunEffect.AskToSubmit(TimeSpan.Zero)
            ),
            RunFact.BeingAsked when run.Phase == RunPhase.Pending => Decide(run, FreePlace),
            RunFact.AskedBefore f when run.Phase == RunPhase.Pending => TakeOver(run, f.End, now),
            RunFact.SubmitAllowed when run.Phase == RunPhase.Pending => IntendSubmit(run, now),
            RunFact.SubmitAnswered f when run.Phase == RunPhase.Submitting && f.Attempt == run.Attempts =>
                f.Reply.IsAnswer
                    ? Decide(
                        run,
                        new Submitted(f.Attempt, f.Reply.Value, now),
                        EndSubmit,
                        new RunEffect.Look(f.Reply.Value, poll.WaitAfter(0))
                    )
                    : SubmitFault(run, f.Reply.Fault, now, chance),
            RunFact.StateAnswered f when run.Phase == RunPhase.AtService => f.Reply.IsAnswer
                ? Seen(run with { Faults = 0, Looks = run.Looks + 1 }, f.Reply.Value, now)
                : LookFault(run with { Faults = run.Faults + 1 }, f.Reply.Fault, now, chance),
            RunFact.ResponseAnswered f when run.Phase == RunPhase.Retrieving => f.Reply.IsAnswer
                ? Decide(run, new RunEffect.TakeFigures(run.Task!, f.Reply.Value))
                : FetchFault(run with { Faults = run.Faults + 1 }, f.Reply.Fault, now, chance),
            RunFact.FiguresTaken f when run.Phase == RunPhase.Retrieving || f.Earlier is not null => Finish(
                run,
                f,
                now
            ),
            _ => Decide(run),
        };

    private static RunDecision Begin(Run run, string? defect, DateTimeOffset now) =>
        defect is null ? Decide(run) : Fail(run, new RunError(RunErrorKind.Scenario, defect), now);

    private static RunDecision GoOn(Run run, bool isServiceNew, DateTimeOffset now) =>
        run.Phase switch
        {
            RunPhase.Submitting or RunPhase.AtService or RunPhase.Retrieving when isServiceNew => Decide(
                run,
                new TaskForgotten("the service was started anew", Counts: false, now),
                new RunEffect.AskToSubmit(TimeSpan.Zero)
            ),
            RunPhase.Pending => Decide(run),
            RunPhase.Submitting => Fail(
                run,
                new RunError(
                    RunErrorKind.LostAnswer,
                    "the program ended while the submit was under way; it is not sent again, since the service may have taken it"
                ),
                now
            ),
            RunPhase.AtService => Decide(run, new RunEffect.Look(run.TaskId!.Value, TimeSpan.Zero)),
            RunPhase.Retrieving => Decide(run, FreePlace, new RunEffect.Fetch(run.TaskId!.Value, TimeSpan.Zero)),
            _ => Decide(run, Finished),
        };

    private static RunDecision TakeOver(Run run, EarlierEnd end, DateTimeOffset now) =>
        end switch
        {
            EarlierEnd.Answered e => Decide(run, FreePlace, new RunEffect.TakeFigures(e.Task, e.Response, e)),
            EarlierEnd.Failed e => Fail(
                run,
                e.Error with
                {
                    Message = $"run {e.Source.Run} asks the same and failed: {e.Error.Message}",
                },
                now
            ),
            _ => throw new InvalidOperationException($"A run does not end by {end.GetType().Name}."),
        };

    private static RunDecision IntendSubmit(Run run, DateTimeOffset now)
    {
        var attempt = run.Attempts + 1;
        return Decide(run, new SubmitIntended(attempt, now), new RunEffect.Submit(attempt));
    }

    private RunDecision SubmitFault(Run run, ServiceFault fault, DateTimeOffset now, double chance)
    {
        if (fault.MayHaveArrived)
        {
            var message = $"{fault.Message}; it is not sent again, since the service may have taken it";
            return Fail(run, new RunError(RunErrorKind.LostAnswer, message), now, EndSubmit);
        }

        switch (fault.Kind)
        {
            case FaultKind.WrongRequest:
                return Fail(run, new RunError(RunErrorKind.Rejected, fault.Message), now, EndSubmit);

            case FaultKind.Refused
            or FaultKind.Unknown:
                return Decide(run, SubmitFailed(counts: false), new RunEffect.StopBatch(fault));

            case FaultKind.Overloaded when fault.RetryAfter is { } wait:
                return Decide(
                    run,
                    SubmitFailed(counts: false),
                    new RunEffect.HoldBack(wait),
                    EndSubmit,
                    new RunEffect.AskToSubmit(TimeSpan.Zero)
                );
        }

        var failures = run.Failures + 1;
        if (failures < retry.MaximumAttempts)
        {
            var wait = retry.WaitAfter(failures, chance);
            return Decide(run, SubmitFailed(counts: true), EndSubmit, new RunEffect.AskToSubmit(wait));
        }

        return fault.Kind == FaultKind.Unreachable
            ? Decide(run, SubmitFailed(counts: true), new RunEffect.StopBatch(fault))
            : Fail(run, new RunError(RunErrorKind.Rejected, fault.Message), now, EndSubmit);

        SubmitFailed SubmitFailed(bool counts) => new(run.Attempts, fault, counts, now);
    }

    private RunDecision Seen(Run run, TaskSnapshot task, DateTimeOffset now)
    {
        switch (task.State)
        {
            case TaskState.Completed:
                return Decide(
                    run,
                    new TaskCompleted(task, now),
                    FreePlace,
                    new RunEffect.Fetch(task.Id, TimeSpan.Zero)
                );

            case TaskState.Failed:
                var why = string.IsNullOrWhiteSpace(task.ErrorMessage)
                    ? "the task failed, and the service does not say why"
                    : task.ErrorMessage;
                var failed = new RunFailed(new RunError(RunErrorKind.TaskFailed, why), now) { Task = task };
                return Decide(run, failed, FreePlace, Finished);

            default:
                var look = new RunEffect.Look(run.TaskId!.Value, poll.WaitAfter(run.Looks));
                return task.State == run.TaskState
                    ? Decide(run, look)
                    : Decide(run, new TaskSeen(task.State, now), look);
        }
    }

    private RunDecision LookFault(Run run, ServiceFault fault, DateTimeOffset now, double chance) =>
        fault.Kind == FaultKind.Unknown && run.Faults >= retry.MaximumAttempts
            ? Forgotten(run, now, chance)
            : RequestFault(run, fault, now, new RunEffect.Look(run.TaskId!.Value, WaitAfterFault(run, fault, chance)));

    /// <summary>Asked several times, the service does not know the task: its answer can no longer be had, so it is asked for anew.</summary>
    private RunDecision Forgotten(Run run, DateTimeOffset now, double chance)
    {
        var reason = $"the service no longer knows task {run.TaskId}";
        var failures = run.Failures + 1;
        return failures < retry.MaximumAttempts
            ? Decide(
                run,
                new TaskForgotten(reason, Counts: true, now),
                new RunEffect.AskToSubmit(retry.WaitAfter(failures, chance))
            )
            : Fail(run, new RunError(RunErrorKind.Forgotten, reason), now);
    }

    private RunDecision FetchFault(Run run, ServiceFault fault, DateTimeOffset now, double chance) =>
        fault.Kind == FaultKind.Unknown && run.Faults >= retry.MaximumAttempts
            ? Decide(run, new RunEffect.TakeFigures(run.Task!, Response: null))
            : RequestFault(run, fault, now, new RunEffect.Fetch(run.TaskId!.Value, WaitAfterFault(run, fault, chance)));

    private static RunDecision RequestFault(Run run, ServiceFault fault, DateTimeOffset now, RunEffect again)
    {
        switch (fault.Kind)
        {
            case FaultKind.Refused:
            case FaultKind.Unreachable when run.Faults >= Patience:
                return Decide(run, new RunEffect.StopBatch(fault));

            case FaultKind.WrongRequest:
            case FaultKind.Broken when run.Faults >= Patience:
                return Fail(run, new RunError(RunErrorKind.Broken, fault.Message), now);

            case FaultKind.Overloaded when fault.RetryAfter is { } wait:
                return Decide(run, new RunEffect.HoldBack(wait), again);

            default:
                return Decide(run, again);
        }
    }

    private TimeSpan WaitAfterFault(Run run, ServiceFault fault, double chance) =>
        fault is { Kind: FaultKind.Overloaded, RetryAfter: not null }
            ? TimeSpan.Zero
            : retry.WaitAfter(run.Faults, chance);

    private static RunDecision Finish(Run run, RunFact.FiguresTaken figures, DateTimeOffset now)
    {
        if (figures is { Earlier: { } earlier, Results.IsSuccess: true })
        {
            return Decide(run, new RunReused(earlier.Source, earlier.Task, figures.Results, now), Finished);
        }

        if (figures.Results.IsSuccess)
        {
            return Decide(run, new RunCompleted(figures.Response, figures.Results, now), Finished);
        }

        var error = new RunError(
            RunErrorKind.NotSuccess,
            "the task completed, but the scenario's success does not hold"
        );
        var failed = new RunFailed(error, now)
        {
            Task = figures.Earlier?.Task,
            Response = figures.Response,
            Results = figures.Results,
        };
        return Decide(run, failed, Finished);
    }

    private static RunDecision Fail(
        Run run,
        RunError error,
        DateTimeOffset now,
        params ReadOnlySpan<RunEffect> effects
    ) => Decide(run, new RunFailed(error, now), [.. effects, Finished]);

    private static RunDecision Decide(Run run, params RunEffect[] effects) => new(run, [], effects);

    private static RunDecision Decide(Run run, RunEvent step, params RunEffect[] effects) =>
        new(run.Apply(step), [step], effects);
}
