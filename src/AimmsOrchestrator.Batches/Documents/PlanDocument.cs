using System.Text.Json.Serialization;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>What a scenario would run.</summary>
public sealed record PlanDocument
{
    /// <summary>How many runs are shown at the beginning.</summary>
    private const int RunsShown = 3;

    public required string Scenario { get; init; }

    /// <summary>How many runs, at least; all of them where <see cref="IsExact"/>.</summary>
    public required long Runs { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>How many need not be sent: they have results already, or repeat a run before them.</summary>
    public required long Done { get; init; }

    public required long ToDo { get; init; }

    /// <summary>The service's address; null for the emulator.</summary>
    public required string? Service { get; init; }

    /// <summary>The profile that leads there, with its file; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The most unfinished tasks at the service at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How many are expected where the program finds the number (<c>concurrency: auto</c>); null where it is fixed.</summary>
    public int? ExpectedConcurrency { get; init; }

    /// <summary>How long the runs to do should take; null where no earlier run at the service is known.</summary>
    public double? Seconds { get; init; }

    /// <summary>How long they take nine times in ten at most.</summary>
    public double? SecondsAtMost { get; init; }

    /// <summary>How many earlier runs the estimate is based on.</summary>
    public int EstimatedFrom { get; init; }

    /// <summary>What the earlier batches have of it; null where there are none.</summary>
    public PlanStatusDocument? Status { get; init; }

    /// <summary>Why runs are to do, by the scenario's latest batch; null where there is none.</summary>
    public PlanChangesDocument? Changes { get; init; }

    /// <summary>Its next times, in the zone's own offset; left out where it has no schedule, or for the command line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DateTimeOffset>? Next { get; init; }

    /// <summary>Results that would be empty, in words.</summary>
    public required IReadOnlyList<string> EmptyResults { get; init; }

    /// <summary>What is probably not what the author wants.</summary>
    public required IReadOnlyList<DiagnosticDocument> Warnings { get; init; }

    /// <summary>The first runs, as <c>plan --format jsonl</c> has them.</summary>
    public required IReadOnlyList<PlannedRunDocument> First { get; init; }

    /// <summary>The last run; null where it is among the first, or not known.</summary>
    public PlannedRunDocument? Last { get; init; }

    public static PlanDocument Of(Scenario scenario, PlanOverview plan)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(plan);
        var (runs, limits) = (scenario.Plan.Runs, scenario.Plan.Limits);
        return new PlanDocument
        {
            Scenario = scenario.Name,
            Runs = plan.Count,
            IsExact = plan.IsExact,
            Done = plan.Count - plan.ToDo,
            ToDo = plan.ToDo,
            Service = scenario.Address?.ToString(),
            Profile = scenario.Profile,
            Concurrency = limits.MaxUnfinishedTasks,
            ExpectedConcurrency = limits.FindsConcurrency ? limits.ExpectedUnfinishedTasks : null,
            Seconds = plan.Estimate?.Median.TotalSeconds,
            SecondsAtMost = plan.Estimate?.NinetiethPercentile.TotalSeconds,
            EstimatedFrom = plan.EstimatedFrom,
            Status = plan.Status is { } status ? PlanStatusDocument.Of(status) : null,
            Changes = plan.Changes is { } changes ? PlanChangesDocument.Of(changes) : null,
            EmptyResults = plan.EmptyResults,
            Warnings = [.. scenario.Warnings.Select(w => new DiagnosticDocument(w.File, w.Line, w.Column, w.Message))],
            First = [.. runs.From(0).Take(RunsShown).Select(run => PlannedRunDocument.Of(run, withRequest: false))],
            Last =
                plan.IsExact && plan.Count > RunsShown
                    ? PlannedRunDocument.Of(runs.From(plan.Count - 1).First(), withRequest: false)
                    : null,
        };
    }
}
