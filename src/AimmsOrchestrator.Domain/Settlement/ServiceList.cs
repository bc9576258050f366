using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>One whole look at the service's list of tasks, held against what the journal knew right after it.</summary>
public sealed record ServiceList
{
    /// <summary>The listed tasks whose id no batch of the workspace knows.</summary>
    public required IReadOnlyList<TaskSnapshot> Orphans { get; init; }

    /// <summary>
    /// Tasks of this batch that the service certainly has and the list does not show: as long as there are any, a task
    /// that is missing from the list says nothing.
    /// </summary>
    public required IReadOnlyList<TaskId> Missing { get; init; }

    /// <summary>Whether every page was seen, and none shifted meanwhile.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>How far the service's clock is ahead of this machine's; zero where the service does not tell its own time.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>When it was seen, on this machine's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
