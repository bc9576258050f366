using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Catalog;

/// <summary>What a caller says of a scenario that is to be run.</summary>
/// <param name="File">The scenario's file, as the caller named it.</param>
/// <param name="Overrides">What replaces parts of it.</param>
public sealed record ScenarioRun(string File, ScenarioOverrides Overrides)
{
    /// <summary>Whether to open a new batch and reuse no result of an earlier one.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether to open a new batch also where the latest one is unfinished and unchanged.</summary>
    public bool IsNew { get; init; }

    /// <summary>Who submits it to a server; null on the command line.</summary>
    public string? Owner { get; init; }

    /// <summary>The owner's name for the submission; null where it has none.</summary>
    public Submission? Submission { get; init; }

    /// <summary>How much the batch weighs beside others at its account; null where the caller does not say, which is normal.</summary>
    public Priority? Priority { get; init; }

    /// <summary>The time of a schedule that the batch is for; null where a person begins it.</summary>
    public Firing? Firing { get; init; }
}
