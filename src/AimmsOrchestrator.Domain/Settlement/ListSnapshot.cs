using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>One whole look at the service's list of tasks, held against what the journal knew right after it.</summary>
public sealed record ListSnapshot
{
    /// <summary>The listed tasks whose id no batch of the workspace knows.</summary>
    public required IReadOnlyList<TaskSnapshot> Orphans { get; init; }

    /// <summary>
    /// Tasks of this batch that the service certainly has and the list does not show: as long as there are any, a task
    /// that is missing from the list says nothing.
    /// </summary>
    public required IReadOnlyList<TaskId> Missing { get; init; }

    /// <summary>Whether every page was seen, and none shifted meanwhile.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>How far the service's clock is ahead of this machine's; zero where the service does not tell its own time.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>When it was seen, on this machine's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A walk that came to its end, held against the journal: which is read now, after it.</summary>
    /// <param name="walk">What the service listed.</param>
    /// <param name="book">What the journal knows.</param>
    /// <param name="earliest">The intent of the earliest POST that it is about, on this machine's clock.</param>
    /// <param name="clockOffset">How far the service's clock is ahead of this machine's.</param>
    /// <param name="now">This machine's clock.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    public static ListSnapshot Of(
        ListPager walk,
        ITaskIndex book,
        DateTimeOffset earliest,
        TimeSpan clockOffset,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(book);
        var listed = walk.Tasks.Select(task => task.Id).ToHashSet();
        var known = book.TasksSince(walk.After - clockOffset + SettlementRules.Margin);
        var missing = known.Where(task => task.IsUnfinished && !listed.Contains(task.Task)).ToList();
        if (missing.Count == 0 && known.Count > 0 && !known.Any(task => listed.Contains(task.Task)))
        {
            // Tasks that have ended may have been deleted by anybody; that all of them were is hard to believe.
            missing.Add(known[0]);
        }

        return new ListSnapshot
        {
            // Localhost lists all that it ever had: what is too old to matter need not be looked up.
            Orphans = [.. walk.Tasks.Where(task => !(task.CreatedAt < walk.After) && !book.Knows(task.Id))],
            Missing = [.. missing.Select(task => task.Task)],

            // A clock that turned out to be another one has cut the list short.
            IsComplete = walk.IsComplete && walk.After <= earliest + clockOffset - SettlementRules.Margin,
            ClockOffset = clockOffset,
            At = now,
        };
    }
}
