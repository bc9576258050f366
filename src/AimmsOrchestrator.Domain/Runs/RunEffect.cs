using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs;

/// <summary>Something to be done for a run, once the events decided with it are on disk.</summary>
public abstract record RunEffect
{
    private RunEffect() { }

    /// <summary>After a wait, ask the throttle for leave to make one POST.</summary>
    public sealed record AskToSubmit(TimeSpan After) : RunEffect;

    /// <summary>Make the POST.</summary>
    public sealed record Submit(int Attempt) : RunEffect;

    /// <summary>The POST's fate is known and on disk: the next run may make its own.</summary>
    public sealed record EndSubmit : RunEffect;

    /// <summary>After a wait, look at the task's state.</summary>
    public sealed record Look(TaskId Task, TimeSpan After) : RunEffect;

    /// <summary>After a wait, get the task's response.</summary>
    public sealed record Fetch(TaskId Task, TimeSpan After) : RunEffect;

    /// <summary>Take the scenario's figures from what came.</summary>
    /// <param name="Task">The task as it ended.</param>
    /// <param name="Response">What it wrote.</param>
    /// <param name="Earlier">Whose answer it is, where the run takes over another one's; null where it is its own.</param>
    public sealed record TakeFigures(TaskSnapshot Task, TaskResponse? Response, EarlierEnd.Answered? Earlier = null)
        : RunEffect;

    /// <summary>The task has ended at the service: its place is another run's.</summary>
    public sealed record FreePlace : RunEffect;

    /// <summary>The service asks everybody to wait.</summary>
    public sealed record HoldBack(TimeSpan Duration) : RunEffect;

    /// <summary>
    /// Every other run would meet the same: the batch stops here, this run stays as it is. A submit permit is not given
    /// back before that, or the next run would make its POST in the meantime.
    /// </summary>
    public sealed record StopBatch(ServiceFault Fault) : RunEffect;

    /// <summary>The run has ended.</summary>
    public sealed record Finish : RunEffect;
}

/// <summary>What is to be kept and done about a fact.</summary>
/// <param name="Next">The run afterwards.</param>
/// <param name="Events">What the journal keeps, in order; on disk before the effects where they say so.</param>
/// <param name="Effects">What is then done, in order.</param>
public readonly record struct RunDecision(Run Next, IReadOnlyList<RunEvent> Events, IReadOnlyList<RunEffect> Effects);
