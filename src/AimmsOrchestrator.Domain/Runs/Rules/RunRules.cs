using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>
/// What follows from what happens to a run: every rule of submitting, polling, retrieving, retrying and giving up, as
/// functions of the run, the fact and the moment, so that they can be read and tested without an actor, a
/// clock or a network. This class has a run's beginning and end; <see cref="SubmitRules"/>, <see cref="TaskRules"/> and
/// <see cref="FailedTaskRules"/> have the middle.
/// </summary>
public sealed class RunRules(
    PollPolicy poll,
    RetryPolicy retry,
    TimeLimits? limits = null,
    ResponseKeeping responses = ResponseKeeping.All,
    bool needsResponse = true
)
{
    /// <summary>
    /// After this number of requests in a row about a task that are answered with nonsense, the task is given up. GETs can be repeated at no risk, and giving up loses a result that was paid for; so this is far more than the
    /// attempts of a submit.
    /// </summary>
    public const int MaxConsecutiveFaults = 12;

    private static readonly RunEffect.ReleaseSlot SlotFree = new();
    private static readonly RunEffect.Finish Finished = new();
    private static readonly RunEffect[] Detached = [new RunEffect.Detach()];

    private readonly SubmitRules _submits = new(new PollRules(poll, limits ?? TimeLimits.None), retry);
    private readonly TaskRules _tasks = new(
        new PollRules(poll, limits ?? TimeLimits.None),
        retry,
        limits ?? TimeLimits.None
    );
    private readonly ResponseRules _responses = new(
        new TaskRules(new PollRules(poll, TimeLimits.None), retry, TimeLimits.None),
        retry,
        needsResponse
    );
    private readonly FailedTaskRules _failures = new(retry, responses);

    /// <summary>What follows from a fact; nothing where the fact is out of date.</summary>
    /// <param name="run">The run before.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="moment">When, and what is known then.</param>
    public RunDecision Integrate(Run run, RunFact fact, RunMoment moment)
    {
        var decision = Handle(run, fact, moment);
        return decision.Next.MustDetach ? decision with { Effects = Detached } : decision;
    }

    /// <summary>
    /// How long a task that a failed run may have is taken to be unfinished: three typical tasks, and the settling time where
    /// nothing is known of tasks.
    /// </summary>
    public TimeSpan TimeOfAbandoned(TypicalDurations typical)
    {
        ArgumentNullException.ThrowIfNull(typical);
        return typical.Run is { } run ? 3 * (run + (typical.Queue ?? TimeSpan.Zero)) : retry.Settlement.Settle;
    }

    private RunDecision Handle(Run run, RunFact fact, RunMoment moment) =>
        run.Phase switch
        {
            _ when fact is RunFact.Restarted f => Resume(run, f, moment),
            _ when fact is RunFact.DetachRequested => RunDecision.Of(run with { IsDetaching = true }),
            _ when fact is RunFact.TaskHinted f => HintRules.Hinted(run, f.IsOfEnd, moment.Now),
            RunPhase.Pending => Pending(run, fact, moment),
            RunPhase.Submitting when fact is RunFact.IntentRefused f => SubmitRules.Refused(run, f.Before),
            RunPhase.Submitting when fact is RunFact.SubmitAnswered f && f.Attempt == run.Attempts => _submits.Answered(
                run,
                f.Reply,
                moment
            ),
            RunPhase.Unconfirmed when fact is RunFact.VerdictReached f && f.Attempt == run.Attempts => _submits.Settled(
                run,
                f.Outcome,
                moment
            ),
            RunPhase.Unconfirmed when fact is RunFact.ListMisdirected f => RunDecision.Of(
                run,
                new RunEffect.StopBatch(f.Fault),
                new RunEffect.Detach()
            ),
            RunPhase.AtService => AtService(run, fact, moment),
            RunPhase.Retrieving => Retrieving(run, fact, moment),
            _ when fact is RunFact.DrainRequested => RunDecision.Of(run with { IsDraining = true }),
            _ => RunDecision.Of(run),
        };

    private RunDecision Pending(Run run, RunFact fact, RunMoment moment) =>
        fact switch
        {
            RunFact.Admitted { Defect: { } defect } => Defective(run, defect, moment.Now),
            RunFact.CacheMiss => RunDecision.Of(run, new RunEffect.AcquireSubmit(TimeSpan.Zero)),
            RunFact.InFlight => RunDecision.Of(run, SlotFree),
            RunFact.CacheHit f => CopyFrom(run, f.End, moment.Now),
            RunFact.SubmitAllowed => SubmitRules.Intend(run, moment.Now),
            RunFact.ResultsExtracted { CopiedFrom: not null } f => Finish(run, f, moment),
            RunFact.DrainRequested => RunDecision.Of(run with { IsDraining = true }),
            _ => RunDecision.Of(run),
        };

    private RunDecision AtService(Run run, RunFact fact, RunMoment moment) =>
        fact switch
        {
            RunFact.StateAnswered f => _tasks.Polled(run, f.Reply, moment),
            RunFact.DrainRequested => TaskRules.Drain(run),
            RunFact.InterruptAnswered f => _tasks.Interrupted(run, f, moment),
            RunFact.WithdrawAnswered f => _tasks.Withdrawn(run, f.Reply, moment.Now),
            _ => RunDecision.Of(run),
        };

    private RunDecision Retrieving(Run run, RunFact fact, RunMoment moment) =>
        fact switch
        {
            RunFact.ResponseAnswered { Reply: { IsSuccess: true } reply } => RunDecision.Of(
                run,
                new RunEffect.ExtractResults(run.Task!, reply.Value)
            ),
            RunFact.ResponseAnswered { Reply.Fault: { } fault } when run.HasFailedTask => _failures.FetchFault(
                run.WithFault(fault, moment.Now),
                fault,
                moment
            ),
            RunFact.ResponseAnswered { Reply.Fault: { } fault } => _responses.FetchFault(
                run.WithFault(fault, moment.Now),
                fault,
                moment
            ),
            RunFact.StateAnswered f => _responses.Polled(run, f.Reply, moment),
            RunFact.ResultsExtracted f when run.HasFailedTask => _failures.End(run, f.Response, f.Results, moment),
            RunFact.ResultsExtracted f => Finish(run, f, moment),
            _ => RunDecision.Of(run),
        };

    private RunDecision Resume(Run run, RunFact.Restarted fact, RunMoment moment)
    {
        var now = moment.Now;
        return run.Phase switch
        {
            RunPhase.Pending => fact.Defect is { } defect ? Defective(run, defect, now) : RunDecision.Of(run),
            _ when run.Phase.IsEnded() => RunDecision.Of(run, Finished),
            _ when fact.IsServiceNew && run.HasFailedTask => _failures.End(run, response: null, results: null, moment),
            _ when fact.IsServiceNew => RunDecision.Of(
                run,
                new TaskForgotten("the service was started anew", CountsAsAttempt: false, now),
                new RunEffect.AcquireSubmit(TimeSpan.Zero)
            ),
            RunPhase.AtService => RunDecision.Of(run, new RunEffect.Poll(run.TaskId!.Value, TimeSpan.Zero)),
            RunPhase.Retrieving => RunDecision.Of(run, SlotFree, new RunEffect.Fetch(run.TaskId!.Value, TimeSpan.Zero)),
            _ => _submits.Resume(run, now),
        };
    }

    private static RunDecision Defective(Run run, string defect, DateTimeOffset now) =>
        RunDecision.Fail(run, new RunFailed(new RunError(RunErrorKind.Scenario, defect), now));

    private static RunDecision CopyFrom(Run run, CachedOutcome end, DateTimeOffset now) =>
        end switch
        {
            CachedOutcome.WithResponse e => RunDecision.Of(
                run,
                SlotFree,
                new RunEffect.ExtractResults(e.Task, e.Response, e)
            ),
            CachedOutcome.ResultsOnly { Results.IsSuccess: false } e => RunDecision.Fail(
                run,
                NotSuccess(e, e.Task, e.Source, now) with
                {
                    Results = e.Results,
                    Extraction = e.ExtractionKey,
                },
                SlotFree
            ),
            CachedOutcome.ResultsOnly e => RunDecision.Of(
                run,
                new RunReused(e.Source, e.Task, e.Results, now)
                {
                    Extraction = e.ExtractionKey,
                    IsIncumbent = e.IsIncumbent,
                    CutAfter = e.CutAfter,
                },
                SlotFree,
                Finished
            ),
            CachedOutcome.Failed e => RunDecision.Fail(
                run,
                new RunFailed(e.Error with { CopiedFrom = e.Source.Run }, now)
            ),
            _ => throw new InvalidOperationException($"A run does not end by {end.GetType().Name}."),
        };

    private RunDecision Finish(Run run, RunFact.ResultsExtracted extracted, RunMoment moment)
    {
        if (extracted is { CopiedFrom: { } earlier, Results.IsSuccess: true })
        {
            return RunDecision.Of(
                run,
                new RunReused(earlier.Source, earlier.Task, extracted.Results, moment.Now)
                {
                    IsIncumbent = earlier.IsIncumbent,
                    CutAfter = earlier.CutAfter,
                },
                Finished
            );
        }

        if (extracted.Results.IsSuccess)
        {
            var isKept = responses == ResponseKeeping.All;
            var completed = new RunCompleted(isKept ? extracted.Response : null, extracted.Results, moment.Now)
            {
                Extraction = isKept || extracted.Response is null ? null : extracted.ExtractionKey,
                IsIncumbent = run.IsCut,
                CutAfter = run.IsCut ? run.Interrupted!.CutAfter : null,
            };
            return RunDecision.Of(run, completed, Finished);
        }

        if (extracted.Results.Failure is { } why)
        {
            return RunDecision.Fail(
                run,
                new RunFailed(new RunError(RunErrorKind.Scenario, why), moment.Now)
                {
                    Task = extracted.CopiedFrom?.Task,
                    Response = responses == ResponseKeeping.None ? null : extracted.Response,
                }
            );
        }

        if (extracted.CopiedFrom is { } copied)
        {
            return RunDecision.Fail(run, AsKept(NotSuccess(copied, copied.Task, copied.Source, moment.Now), extracted));
        }

        var failed = AsKept(NotSuccess(moment.Now), extracted) with
        {
            IsIncumbent = run.IsCut,
            CutAfter = run.IsCut ? run.Interrupted!.CutAfter : null,
        };
        return run.Task is { } task
            ? _tasks.EndOrTryAgain(run, task, extracted.Response, failed, moment.Jitter)
            : RunDecision.Fail(run, failed);
    }

    private RunFailed AsKept(RunFailed failed, RunFact.ResultsExtracted extracted)
    {
        var isKept = responses != ResponseKeeping.None;
        return failed with
        {
            Response = isKept ? extracted.Response : null,
            Results = extracted.Results,
            Extraction = isKept ? null : extracted.ExtractionKey,
        };
    }

    private static RunFailed NotSuccess(DateTimeOffset now) =>
        new(new RunError(RunErrorKind.NotSuccess, "the task completed, but the scenario's success does not hold"), now);

    /// <summary>An earlier answer that is no success is this run's answer too.</summary>
    private static RunFailed NotSuccess(
        CachedOutcome earlier,
        TaskSnapshot task,
        RunReference source,
        DateTimeOffset now
    ) =>
        NotSuccess(now) with
        {
            Task = task,
            Source = source,
            IsIncumbent = earlier.IsIncumbent,
            CutAfter = earlier.CutAfter,
        };
}
