using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Polling.Lists;

/// <summary>One reading of the service's list, page by page, until every task that it is after was seen.</summary>
/// <param name="tasks">The tasks it is after.</param>
/// <param name="mostPages">It gives up after this number of pages.</param>
public sealed class ListWalk(IEnumerable<TaskId> tasks, int mostPages)
{
    private readonly HashSet<TaskId> _missing = [.. tasks];
    private readonly HashSet<TaskId> _seen = [];

    /// <summary>The tasks that no page had so far.</summary>
    public IReadOnlyCollection<TaskId> Missing => _missing;

    /// <summary>Pages read.</summary>
    public int Pages { get; private set; }

    /// <summary>Tasks seen.</summary>
    public int Count => _seen.Count;

    /// <summary>The position of the last one that it was after, from 1.</summary>
    public int Deepest { get; private set; }

    /// <summary>Whether the list has more tasks than the pages read.</summary>
    public bool IsPaged { get; private set; }

    /// <summary>Whether there is nothing more to find out.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The page to ask for.</summary>
    public TaskFilter Next => new() { Offset = _seen.Count };

    /// <summary>One more page.</summary>
    public void Add(TaskPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var before = _seen.Count;
        foreach (var task in page.Tasks)
        {
            _seen.Add(task.Id);
            if (_missing.Remove(task.Id))
            {
                Deepest = _seen.Count;
            }
        }

        Pages++;
        IsPaged |= _seen.Count < page.Total;
        IsOver = _missing.Count == 0 || _seen.Count == before || _seen.Count >= page.Total || Pages >= mostPages;
    }
}
