using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>One walk through the pages of the service's list of tasks.</summary>
/// <param name="after">Only tasks created since are asked for, on the service's clock.</param>
public sealed class ListPager(DateTimeOffset after)
{
    private readonly Dictionary<TaskId, TaskSnapshot> _tasks = [];
    private int _total = -1;

    /// <summary>Only tasks created since are asked for, on the service's clock.</summary>
    public DateTimeOffset After { get; } = after;

    /// <summary>What was seen so far.</summary>
    public IReadOnlyCollection<TaskSnapshot> Tasks => _tasks.Values;

    /// <summary>Whether every page was seen, and the list did not change its length meanwhile.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The page to ask for next.</summary>
    public TaskFilter Next => new() { After = After, Offset = _tasks.Count };

    /// <summary>Takes a page.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool Add(TaskPage page)
    {
        var before = _tasks.Count;
        foreach (var task in page.Tasks)
        {
            _tasks[task.Id] = task;
        }

        // The newest come first, so a list that changes its length shifts under the walk.
        IsComplete &= _total < 0 || _total == page.Total;
        _total = page.Total;
        if (_tasks.Count >= page.Total)
        {
            return true;
        }

        var isStuck = _tasks.Count == before;
        IsComplete &= !isStuck;
        return isStuck;
    }
}
