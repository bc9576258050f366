using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>Another client that creates tasks of the same service.</summary>
internal enum Stranger
{
    None,

    /// <summary>Its first task is created in the second in which an answer is lost.</summary>
    Silent,

    /// <summary>It also created a task one minute earlier.</summary>
    Busy,
}

/// <summary>A task of the modelled service.</summary>
/// <param name="Id">The task.</param>
/// <param name="Owner">The run whose POST made it, or -1 for a stranger's.</param>
/// <param name="CreatedAt">When it was taken.</param>
/// <param name="ListedFrom">When the list begins to show it.</param>
internal sealed record ModelTask(TaskId Id, int Owner, DateTimeOffset CreatedAt, DateTimeOffset ListedFrom);

/// <summary>What survives a death of the modelled process: the service and the clock.</summary>
internal sealed class World
{
    private const int PageLength = 2;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock of the creation times is ahead.</summary>
    public TimeSpan CreationClock { get; set; }

    /// <summary>How far the clock of the <c>Date</c> header is ahead; null: there is no header.</summary>
    public TimeSpan? HeaderClock { get; set; }

    public List<ModelTask> Tasks { get; } = [];

    /// <summary>The most POSTs whose fate was open at one moment.</summary>
    public int MostUnconfirmed { get; set; }

    /// <summary>A page of the list: the newest first.</summary>
    public TaskPage List(TaskFilter filter)
    {
        var listed = Tasks
            .Where(task => task.ListedFrom <= Now && task.CreatedAt <= Now && Written(task) >= filter.After)
            .OrderByDescending(task => task.CreatedAt)
            .Select(task => new TaskSnapshot(task.Id, TaskState.Running) { CreatedAt = Written(task) })
            .ToList();
        return new TaskPage([.. listed.Skip(filter.Offset).Take(PageLength)], listed.Count)
        {
            ServiceTime = Now + HeaderClock,
        };
    }

    /// <summary>One task.</summary>
    public Reply<TaskSnapshot> State(TaskId id) =>
        Tasks.Find(task => task.Id == id && task.CreatedAt <= Now) is { } task
            ? new TaskSnapshot(id, TaskState.Running) { CreatedAt = Written(task) }
            : new ServiceFault(FaultKind.Unknown, "404");

    private DateTimeOffset Written(ModelTask task) => task.CreatedAt + CreationClock;

    public ModelTask Take(int owner, TimeSpan late, TimeSpan unlisted)
    {
        var at = Now + late;
        var task = new ModelTask(new TaskId($"task-{Tasks.Count}"), owner, at, at + unlisted);
        Tasks.Add(task);
        return task;
    }
}
