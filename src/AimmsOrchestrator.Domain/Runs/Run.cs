using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>
/// A run's life so far. <see cref="Apply"/> folds what the journal keeps; <see cref="Looks"/> and <see cref="Faults"/>
/// only pace the requests of this process, and start again with it.
/// </summary>
public sealed record Run
{
    /// <summary>A run that nothing has happened to.</summary>
    public static Run New { get; } = new();

    public RunPhase Phase { get; private init; }

    /// <summary>Submits intended so far.</summary>
    public int Attempts { get; private init; }

    /// <summary>How many of them count against the retry policy.</summary>
    public int Failures { get; private init; }

    /// <summary>The task, once the service has it.</summary>
    public TaskId? TaskId { get; private init; }

    /// <summary>The task's last known state.</summary>
    public TaskState TaskState { get; private init; }

    /// <summary>The task as it completed.</summary>
    public TaskSnapshot? Task { get; private init; }

    /// <summary>Why it failed.</summary>
    public RunError? Error { get; private init; }

    /// <summary>Looks at the task that were answered.</summary>
    public int Looks { get; init; }

    /// <summary>Requests about the task that failed, in a row.</summary>
    public int Faults { get; init; }

    /// <summary>The run after an event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot happen in this phase: a mistake in this program or a damaged journal.</exception>
    public Run Apply(RunEvent step) =>
        step switch
        {
            SubmitIntended e => Become(RunPhase.Submitting) with { Attempts = e.Attempt },
            Submitted e => Become(RunPhase.AtService) with { TaskId = e.Task, TaskState = TaskState.Queued },
            SubmitFailed e => Become(RunPhase.Pending) with { Failures = Failures + (e.Counts ? 1 : 0) },
            TaskForgotten e => Become(RunPhase.Pending) with
            {
                Failures = Failures + (e.Counts ? 1 : 0),
                Faults = 0,
                Looks = 0,
                TaskId = null,
                Task = null,
                TaskState = TaskState.Unknown,
            },
            TaskSeen e => this with { TaskState = e.State },
            TaskCompleted e => Become(RunPhase.Retrieving) with { Task = e.Task, TaskState = e.Task.State },
            RunCompleted => Become(RunPhase.Completed),
            RunReused e => Become(RunPhase.Completed) with { Task = e.Task, TaskState = e.Task.State },
            RunFailed e => Become(RunPhase.Failed) with { Error = e.Error, TaskState = e.Task?.State ?? TaskState },
            RunCancelled => Become(RunPhase.Cancelled),
            RunReopened => New with { Phase = Become(RunPhase.Pending).Phase, Attempts = Attempts },
            _ => throw new InvalidOperationException($"A run has no event {step.GetType().Name}."),
        };

    /// <summary>The run that a journal's steps give back.</summary>
    public static Run FromSteps(IEnumerable<RunEvent> steps) => steps.Aggregate(New, (run, step) => run.Apply(step));

    private Run Become(RunPhase phase) =>
        Phase.MayBecome(phase)
            ? this with
            {
                Phase = phase,
            }
            : throw new InvalidOperationException($"A run does not go from {Phase} to {phase}.");
}
