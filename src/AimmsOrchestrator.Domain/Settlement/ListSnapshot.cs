using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>One whole poll of the service's list of tasks, compared with what the journal knew right after it.</summary>
public sealed record ListSnapshot
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

    /// <summary>How far the service's clock is ahead of this machine's; zero where the service does not send its time.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>When the walk ended, on this machine's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the journal must be asked about a walk that came to its end.</summary>
    /// <param name="walk">What the service listed.</param>
    /// <param name="clockOffset">How far the service's clock is ahead of this machine's.</param>
    public static SettlementEffect.ReadJournal Question(ListPager walk, TimeSpan clockOffset)
    {
        ArgumentNullException.ThrowIfNull(walk);
        return new(walk.After - clockOffset + SettlementRules.Margin, [.. Recent(walk).Select(task => task.Id)]);
    }

    /// <summary>A walk that came to its end, compared with the journal.</summary>
    /// <param name="walk">What the service listed.</param>
    /// <param name="journal">What the journal answered.</param>
    /// <param name="earliest">The intent of the earliest POST that the walk is about, on this machine's clock.</param>
    /// <param name="clockOffset">How far the service's clock is ahead of this machine's.</param>
    /// <param name="now">This machine's clock.</param>
    public static ListSnapshot Of(
        ListPager walk,
        JournalKnowledge journal,
        DateTimeOffset earliest,
        TimeSpan clockOffset,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(journal);
        return new ListSnapshot
        {
            Orphans = [.. Recent(walk).Where(task => !journal.Known.Contains(task.Id))],
            Missing = [.. MissingFrom(walk, journal.Tasks).Select(task => task.Task)],

            // The clock offset may have become known only during the walk: then the walk may have begun too late.
            IsComplete = walk.IsComplete && walk.After <= earliest + clockOffset - SettlementRules.Margin,
            ClockOffset = clockOffset,
            At = now,
        };
    }

    /// <summary>Localhost lists all tasks it ever had: the older ones do not matter.</summary>
    private static IEnumerable<TaskSnapshot> Recent(ListPager walk) =>
        walk.Tasks.Where(task => !(task.CreatedAt < walk.After));

    private static IEnumerable<KnownTask> MissingFrom(ListPager walk, IReadOnlyList<KnownTask> known)
    {
        var missing = known.Where(task => task.IsUnfinished && !walk.Ids.Contains(task.Task)).ToList();

        // Another client may have deleted a task that ended; that all of them were deleted is not plausible.
        return missing.Count == 0 && !known.Any(task => walk.Ids.Contains(task.Task)) ? known.Take(1) : missing;
    }
}
