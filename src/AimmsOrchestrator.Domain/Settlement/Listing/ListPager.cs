using System.Collections.Immutable;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement.Listing;

/// <summary>One walk through the pages of the service's list of tasks.</summary>
/// <param name="After">The walk is about tasks created since, on the service's clock.</param>
/// <param name="Form">How it asks for them.</param>
internal sealed record ListPager(DateTimeOffset After, ListForm Form = ListForm.AfterMoment)
{
    /// <summary>A list that goes on for longer than this is not walked to its end.</summary>
    public const int MostTasks = 100_000;

    /// <summary>Older tasks do not matter; as late as <see cref="After"/> or later, where more is known of the clocks by now.</summary>
    public DateTimeOffset Since { get; private init; } = After;

    /// <summary>When the walk was begun, on this machine's clock: what it shows may be the service of that moment.</summary>
    public DateTimeOffset AskedAt { get; init; }

    private int? Total { get; init; }

    /// <summary>Whether every page so far listed the newest tasks first.</summary>
    private bool IsNewestFirst { get; init; } = true;

    /// <summary>The tasks seen so far, each once, in the list's order.</summary>
    public ImmutableList<TaskSnapshot> Tasks { get; private init; } = [];

    /// <summary>Their ids.</summary>
    public ImmutableHashSet<TaskId> Ids { get; private init; } = [];

    /// <summary>Whether every page so far was new, and the list kept its length meanwhile.</summary>
    public bool IsComplete { get; private init; } = true;

    /// <summary>Whether there is no further page to ask for.</summary>
    public bool IsAtEnd { get; private init; }

    /// <summary>The page to ask for next.</summary>
    public TaskFilter Next => Form.Filter(After, Tasks.Count);

    /// <summary>The walk with one more page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="since">Tasks from before this moment do not matter, as far as is known by now; null: as before.</param>
    public ListPager Add(TaskPage page, DateTimeOffset? since = null)
    {
        ArgumentNullException.ThrowIfNull(page);
        var ids = Ids.ToBuilder();
        var tasks = Tasks.AddRange(page.Tasks.Where(task => ids.Add(task.Id)));
        var isStuck = (tasks.Count == Tasks.Count && tasks.Count < page.Total) || tasks.Count > MostTasks;
        var isNewestFirst = IsNewestFirst && IsDescending(Tasks.Count > 0 ? Tasks[^1] : null, page.Tasks);
        var from = since > After ? since.Value : After;
        var isPast = isNewestFirst && page.Tasks.Count > 0 && page.Tasks[^1].CreatedAt < from;
        return this with
        {
            Since = from,
            Tasks = tasks,
            Ids = ids.ToImmutable(),
            Total = page.Total,
            IsNewestFirst = isNewestFirst,
            IsAtEnd = isStuck || isPast || tasks.Count >= page.Total,

            // The newest come first, so a list that changes its length shifts under the walk.
            IsComplete = IsComplete && (!isStuck || isPast) && (Total is null || Total == page.Total),
        };
    }

    private static bool IsDescending(TaskSnapshot? last, IReadOnlyList<TaskSnapshot> page)
    {
        foreach (var task in page)
        {
            if (task.CreatedAt is null || task.CreatedAt > last?.CreatedAt)
            {
                return false;
            }

            last = task;
        }

        return true;
    }
}
