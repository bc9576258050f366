using System.Collections.Immutable;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>One walk through the pages of the service's list of tasks.</summary>
/// <param name="After">The walk asks only for tasks created since, on the service's clock.</param>
public sealed record ListPager(DateTimeOffset After)
{
    private int? Total { get; init; }

    /// <summary>The tasks seen so far, each once, in the list's order.</summary>
    public ImmutableList<TaskSnapshot> Tasks { get; private init; } = [];

    /// <summary>Their ids.</summary>
    public ImmutableHashSet<TaskId> Ids { get; private init; } = [];

    /// <summary>Whether every page so far was new, and the list kept its length meanwhile.</summary>
    public bool IsComplete { get; private init; } = true;

    /// <summary>Whether there is no further page to ask for.</summary>
    public bool IsAtEnd { get; private init; }

    /// <summary>The page to ask for next.</summary>
    public TaskFilter Next => new() { After = After, Offset = Tasks.Count };

    /// <summary>The walk with one more page.</summary>
    public ListPager Add(TaskPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var ids = Ids.ToBuilder();
        var tasks = Tasks.AddRange(page.Tasks.Where(task => ids.Add(task.Id)));
        var isStuck = tasks.Count == Tasks.Count && tasks.Count < page.Total;
        return this with
        {
            Tasks = tasks,
            Ids = ids.ToImmutable(),
            Total = page.Total,
            IsAtEnd = isStuck || tasks.Count >= page.Total,

            // The newest come first, so a list that changes its length shifts under the walk.
            IsComplete = IsComplete && !isStuck && (Total is null || Total == page.Total),
        };
    }
}
