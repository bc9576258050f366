using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Listing;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>One whole poll of the service's list of tasks, compared with what the journal knew right after it.</summary>
internal sealed record ListSnapshot
{
    /// <summary>The listed tasks that no batch of the workspace knows.</summary>
    public required IReadOnlyList<TaskSnapshot> Orphans { get; init; }

    /// <summary>
    /// Tasks of this batch that the service certainly has and the list does not show. While there are any, a task that is
    /// missing from the list proves nothing.
    /// </summary>
    public required IReadOnlyList<TaskId> Missing { get; init; }

    /// <summary>Whether the walk saw every page, and none shifted meanwhile.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>How far the service's clock is ahead of this machine's.</summary>
    public ServiceClocks Clocks { get; init; } = ServiceClocks.Unknown;

    /// <summary>Whether the service was started anew and knows no task from before.</summary>
    public bool IsServiceNew { get; init; }

    /// <summary>When the walk was begun, on this machine's clock: a page may be on its way for long, and shows nothing later.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What the journal must be asked about a walk that came to its end.</summary>
    /// <param name="walk">What the service listed.</param>
    /// <param name="earliest">The intent of the earliest POST that the walk is about, on this machine's clock.</param>
    public static SettlementEffect.ReadJournal Question(ListPager walk, DateTimeOffset earliest)
    {
        ArgumentNullException.ThrowIfNull(walk);
        return new(
            earliest - SettlementRules.Neighbourhood + SettlementRules.Margin,
            [.. Recent(walk).Select(task => task.Id)]
        );
    }

    /// <summary>A walk that came to its end, compared with the journal.</summary>
    /// <param name="walk">What the service listed.</param>
    /// <param name="journal">What the journal answered.</param>
    /// <param name="earliest">The intent of the earliest POST that the walk is about, on this machine's clock.</param>
    /// <param name="clocks">What is known of the service's clock.</param>
    public static ListSnapshot Of(
        ListPager walk,
        JournalKnowledge journal,
        DateTimeOffset earliest,
        ServiceClocks clocks
    )
    {
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(journal);
        return new ListSnapshot
        {
            Orphans = [.. Recent(walk).Where(task => !journal.Known.Contains(task.Id))],
            Missing = [.. MissingFrom(walk, journal.Tasks).Select(task => task.Task)],

            // What the clocks may be apart may have become known only during the walk: then it may have begun too late.
            IsComplete = walk.IsComplete && walk.Since <= earliest + clocks.Least - SettlementRules.Margin,
            Clocks = clocks,
            AskedAt = walk.AskedAt,
        };
    }

    /// <summary>Localhost lists all tasks it ever had: the older ones do not matter.</summary>
    private static IEnumerable<TaskSnapshot> Recent(ListPager walk) =>
        walk.Tasks.Where(task => !(task.CreatedAt < walk.Since));

    /// <summary>The tasks that the service has and the list does not show.</summary>
    internal static IReadOnlyList<KnownTask> MissingFrom(ListPager walk, IReadOnlyList<KnownTask> known)
    {
        var missing = known.Where(task => task.IsUnfinished && !walk.Ids.Contains(task.Task)).ToList();

        // Another client may have deleted a task that ended; that all of them were deleted is not plausible.
        return missing.Count == 0 && !known.Any(task => walk.Ids.Contains(task.Task)) ? [.. known.Take(1)] : missing;
    }
}
