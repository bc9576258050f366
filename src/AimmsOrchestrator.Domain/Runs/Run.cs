using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Polling.Hooks;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// A run's life so far. <see cref="Apply"/> folds what the journal keeps; <see cref="Polls"/> and <see cref="Faults"/>
/// only pace the requests of this process, and start again with it.
/// </summary>
public sealed record Run
{
    /// <summary>A run that nothing has happened to.</summary>
    public static Run New { get; } = new();

    public RunPhase Phase { get; private init; }

    /// <summary>Events so far: the number of the last one in the journal.</summary>
    public int EventCount { get; private init; }

    /// <summary>When the first event happened; null before one.</summary>
    public DateTimeOffset? StartedAt { get; private init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>Submits intended so far.</summary>
    public int Attempts { get; private init; }

    /// <summary>How many of them count against the retry policy.</summary>
    public int Failures { get; private init; }

    /// <summary>When the latest submit was intended; null before one.</summary>
    public DateTimeOffset? IntendedAt { get; private init; }

    /// <summary>When the answer to the latest submit was given up; null where it came.</summary>
    public DateTimeOffset? LostAt { get; private init; }

    /// <summary>How that answer was lost; null where it came.</summary>
    public string? LossReason { get; private init; }

    /// <summary>The status of an answer that does not say whether the task was taken; null where there was no answer.</summary>
    public int? LossStatus { get; private init; }

    /// <summary>Whether the loss of that answer counts as an attempt, should the service never have taken the submit.</summary>
    public bool LossCountsAsAttempt { get; private init; }

    /// <summary>Whether the latest submit is unconfirmed because its driver ended or left the batch, and not because the answer was waited for in vain.</summary>
    public bool IsLostWithItsDriver => Phase == RunPhase.Unconfirmed && !LossCountsAsAttempt && LossStatus is null;

    /// <summary>Since when the service is known to have the task.</summary>
    public DateTimeOffset? SubmittedAt { get; private init; }

    /// <summary>Since when the task is known to run.</summary>
    public DateTimeOffset? ActiveSince { get; private init; }

    /// <summary>How this program interrupted the task last, or was about to; null where it did not.</summary>
    public TaskInterrupted? Interrupted { get; private init; }

    /// <summary>Whether that interrupt was sent, as far as this process knows.</summary>
    public bool IsInterruptSent { get; init; }

    /// <summary>The task, once the service has it.</summary>
    public TaskId? TaskId { get; private init; }

    /// <summary>The task's last known state.</summary>
    public TaskState TaskState { get; private init; }

    /// <summary>The task as it ended.</summary>
    public TaskSnapshot? Task { get; private init; }

    /// <summary>Whether its task ended failed, and what that task may have written is not here yet.</summary>
    public bool HasFailedTask => Phase == RunPhase.Retrieving && Task?.State == TaskState.Failed;

    /// <summary>What became of a submit whose answer was lost; null where none was.</summary>
    public SettlementVerdict? Settled { get; private init; }

    /// <summary>The results, once it has ended with any.</summary>
    public RunResults? Results { get; private init; }

    /// <summary>How they were extracted, where no response is kept; null where one is.</summary>
    public ExtractionKey? Extraction { get; private init; }

    /// <summary>Whether they are the best that the solver had when this program interrupted it.</summary>
    public bool IsIncumbent { get; private init; }

    /// <summary>For how long the solver of an incumbent was let run; null where it is none, or where that is not known.</summary>
    public TimeSpan? CutAfter { get; private init; }

    /// <summary>Whether a result that comes now is an incumbent: this program interrupted the task before its end.</summary>
    public bool IsCut => Interrupted is not null && (!EndedBeforeInterrupt || EarlierInterrupt is not null);

    /// <summary>Whether a failure of the task may be this program's own doing, which ended its execution.</summary>
    public bool MayBeEnded =>
        Interrupted?.How == Interrupt.Execution && (!EndedBeforeInterrupt || EarlierInterrupt == Interrupt.Execution);

    /// <summary>Since when its question is asked again on purpose; null where any answer will do.</summary>
    public DateTimeOffset? AskedAgainAt { get; private init; }

    /// <summary>The run whose response it has; null where it has its own or none.</summary>
    public RunReference? CopiedFrom { get; private init; }

    /// <summary>Why it failed.</summary>
    public RunError? Error { get; private init; }

    /// <summary>Whether it has failed although the service may be working on a task of it.</summary>
    public bool MayHaveUnfinishedTask =>
        Error is { CopiedFrom: null, Kind: var kind }
        && (
            kind == RunErrorKind.LostAnswer
            || (kind == RunErrorKind.Broken && TaskId is not null && !TaskState.IsEnded())
        );

    /// <summary>What the service's calls about the task of this process's submit still ask for.</summary>
    public TaskHints Hints { get; init; } = TaskHints.None;

    /// <summary>Whether the batch ends soon, and the task is to hand back what it has.</summary>
    public bool IsDraining { get; init; }

    /// <summary>Whether the batch leaves the run as it is, as soon as nothing can get lost by that.</summary>
    public bool IsDetaching { get; init; }

    /// <summary>
    /// Whether the run is detached now. A submit that is intended on disk is carried through: without its answer its fate
    /// would be unknown. A draining run that would have to submit has nothing to wait for.
    /// </summary>
    public bool MustDetach =>
        (IsDetaching || (IsDraining && Phase == RunPhase.Pending)) && Phase != RunPhase.Submitting && !Phase.IsEnded();

    /// <summary>Whether the last interrupt did nothing: the task had ended before it came, or the service refused it.</summary>
    public bool EndedBeforeInterrupt { get; init; }

    /// <summary>
    /// The strongest interrupt before the last one that may have reached the task; null where none may. What the service says
    /// of the last one is then no evidence that the task ended by itself.
    /// </summary>
    public Interrupt? EarlierInterrupt { get; init; }

    /// <summary>Since when this process has found no response of the completed task; null while it has not asked, or was answered.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>Whether every answer about that response was that there is none.</summary>
    public bool HasSaidOnlyMissing { get; init; } = true;

    /// <summary>Whether a person wants the missing response of a run that failed without it asked for once more.</summary>
    public bool IsFetchedAnew { get; private init; }

    /// <summary>Polls that were answered.</summary>
    public int Polls { get; init; }

    /// <summary>Requests about the task that failed, in a row.</summary>
    public int Faults { get; init; }

    /// <summary>The last of them, as far as they failed in the same way; null after an answer.</summary>
    public FaultStreak? Streak { get; private init; }

    /// <summary>The run after one more request about its task that failed.</summary>
    public Run WithFault(ServiceFault fault, DateTimeOffset now) =>
        this with
        {
            Faults = Faults + 1,
            Streak =
                Streak is { } streak && streak.Kind == fault.Kind
                    ? streak with
                    {
                        Count = streak.Count + 1,
                    }
                    : new FaultStreak(fault.Kind, Count: 1, now),
        };

    /// <summary>The run after an answer: the faults before it say nothing any more.</summary>
    public Run WithAnswer() => Faults == 0 && Streak is null ? this : this with { Faults = 0, Streak = null };

    /// <summary>The run after an interrupt that may have reached the task, whatever is known of its answer.</summary>
    /// <param name="how">What it interrupts; null where there was none.</param>
    public Run WithInterrupt(Interrupt? how) =>
        how is null || EarlierInterrupt == Interrupt.Execution ? this : this with { EarlierInterrupt = how };

    /// <summary>The run after an event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot happen in this phase: a bug, or a damaged journal.</exception>
    public Run Apply(RunEvent happened) =>
        After(happened) with
        {
            EventCount = EventCount + 1,
            StartedAt = StartedAt ?? happened.At,
        };

    /// <summary>The run that a journal's events give back.</summary>
    public static Run FromEvents(IEnumerable<RunEvent> events) =>
        events.Aggregate(New, (run, happened) => run.Apply(happened));

    private Run After(RunEvent happened) =>
        happened switch
        {
            SubmitIntended e => this with
            {
                Phase = To(RunPhase.Submitting),
                Attempts = e.Attempt,
                IntendedAt = e.At,
                LostAt = null,
                LossReason = null,
                LossStatus = null,
                Hints = TaskHints.None,
            },
            SubmitUnconfirmed e => this with
            {
                Phase = To(RunPhase.Unconfirmed),
                LostAt = e.At,
                LossReason = e.Reason,
                LossStatus = e.HttpStatus,
                LossCountsAsAttempt = e.CountsAsAttempt,
            },
            SubmitSettled e => Settle(e),
            Submitted e => WithTask(e.Task, e.At),
            SubmitFailed e => this with
            {
                Phase = To(RunPhase.Pending),
                Failures = Failures + (e.CountsAsAttempt ? 1 : 0),
            },
            TaskForgotten e => WithoutTask(Failures + (e.CountsAsAttempt ? 1 : 0)),
            AttemptFailed => WithoutTask(Failures + 1),
            TaskSeen e => this with
            {
                TaskState = e.State,
                ActiveSince = e.State.IsExecuting() ? ActiveSince ?? e.RunningSince ?? e.At : ActiveSince,
            },
            TaskInterrupted e => WithInterrupt(EndedBeforeInterrupt ? null : Interrupted?.How) with
            {
                Interrupted = e,
                IsInterruptSent = false,
                EndedBeforeInterrupt = false,
            },
            TaskCompleted e => Retrieve(e.Task, e.EndedBeforeInterrupt),
            TaskFailed e => Retrieve(e.Task, e.EndedBeforeInterrupt),
            RunCompleted or RunReused or RunFailed or RunCancelled => End(happened),
            RunReopened when Error?.Kind == RunErrorKind.NoResponse => this with
            {
                Phase = To(RunPhase.Retrieving),
                Error = null,
                EndedAt = null,
                Failures = 0,
                IsFetchedAnew = true,
            },
            RunReopened e => WithoutTask(failures: 0) with
            {
                Settled = null,
                AskedAgainAt = e.AsksAgain ? e.At : AskedAgainAt,
            },
            _ => throw new InvalidOperationException($"A run has no event {happened.GetType().Name}."),
        };

    private Run Retrieve(TaskSnapshot task, bool endedBeforeInterrupt) =>
        this with
        {
            Phase = To(RunPhase.Retrieving),
            Task = task,
            TaskState = task.State,
            EndedBeforeInterrupt = EndedBeforeInterrupt || endedBeforeInterrupt,
            EarlierInterrupt = endedBeforeInterrupt ? null : EarlierInterrupt,
        };

    private Run End(RunEvent happened) =>
        happened switch
        {
            RunCompleted e => this with
            {
                Phase = To(RunPhase.Completed),
                EndedAt = e.At,
                Results = e.Results,
                Extraction = e.Extraction,
                IsIncumbent = e.IsIncumbent,
                CutAfter = e.CutAfter,
            },
            RunReused e => this with
            {
                Phase = To(RunPhase.Completed),
                EndedAt = e.At,
                Task = e.Task,
                TaskId = e.Task.Id,
                TaskState = e.Task.State,
                Results = e.Results,
                Extraction = e.Extraction,
                CopiedFrom = e.Source,
                IsIncumbent = e.IsIncumbent,
                CutAfter = e.CutAfter,
            },
            RunFailed e => this with
            {
                Phase = To(RunPhase.Failed),
                EndedAt = e.At,
                Error = e.Error,
                Task = e.Task ?? Task,
                TaskId = e.Source is null ? TaskId : e.Task?.Id ?? TaskId,
                TaskState = e.Task?.State ?? TaskState,
                Results = e.Results,
                Extraction = e.Extraction,
                CopiedFrom = e.Source,
                IsIncumbent = e.IsIncumbent,
                CutAfter = e.CutAfter,
            },
            _ => this with { Phase = To(RunPhase.Cancelled), EndedAt = happened.At },
        };

    private Run Settle(SubmitSettled settled) =>
        settled.Task is { } task
            ? WithTask(task, settled.At) with
            {
                Settled = settled.Verdict,
            }
            : this with
            {
                Phase = To(RunPhase.Pending),
                Settled = settled.Verdict,
                Failures = Failures + (LossCountsAsAttempt && settled.Verdict == SettlementVerdict.SentAgain ? 1 : 0),
            };

    private Run WithTask(TaskId task, DateTimeOffset at) =>
        this with
        {
            Phase = To(RunPhase.AtService),
            TaskId = task,
            TaskState = TaskState.Queued,
            SubmittedAt = at,
        };

    /// <summary>Pending again: nothing is left of the task, only what is known of its submits.</summary>
    private Run WithoutTask(int failures) =>
        New with
        {
            Phase = To(RunPhase.Pending),
            Attempts = Attempts,
            Failures = failures,
            IntendedAt = IntendedAt,
            LostAt = LostAt,
            Settled = Settled,
            AskedAgainAt = AskedAgainAt,
            IsDraining = IsDraining,
            IsDetaching = IsDetaching,
        };

    private RunPhase To(RunPhase phase) =>
        Phase.MayBecome(phase)
            ? phase
            : throw new InvalidOperationException($"A run does not go from {Phase} to {phase}.");
}
