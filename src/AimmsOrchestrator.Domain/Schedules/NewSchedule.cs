using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Schedules;

/// <summary>A schedule as it is submitted.</summary>
/// <param name="Owner">Who submits it.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Cron">When, in the notation of cron.</param>
/// <param name="Zone">Whose clock that is.</param>
/// <param name="Overlap">What happens while the last batch is under way.</param>
/// <param name="SourceFile">The file that the scenario's text came from.</param>
/// <param name="Stored">The scenario with its files.</param>
/// <param name="At">Now.</param>
/// <param name="Next">When it begins first.</param>
public sealed record NewSchedule(
    string Owner,
    string Scenario,
    string Cron,
    string Zone,
    ScheduleOverlap Overlap,
    string SourceFile,
    StoredScenario Stored,
    DateTimeOffset At,
    DateTimeOffset Next
)
{
    /// <summary>How much its batches weigh beside others at their account; null where its owner does not say, which is normal.</summary>
    public Priority? Priority { get; init; }
}
