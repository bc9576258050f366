using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Server.Errors;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What a scenario would run.</summary>
public sealed record PlanDocument
{
    public required string Scenario { get; init; }

    /// <summary>How many runs, at least; all of them where <see cref="IsExact"/>.</summary>
    public required long Runs { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>How many have results already.</summary>
    public required long Done { get; init; }

    public required long ToDo { get; init; }

    /// <summary>The service's address; null for the emulator.</summary>
    public required string? Service { get; init; }

    /// <summary>The most unfinished tasks at the service at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How long the runs to do should take; null where no earlier run at the service is known.</summary>
    public double? Seconds { get; init; }

    /// <summary>How long they take nine times in ten at most.</summary>
    public double? SecondsAtMost { get; init; }

    /// <summary>Results that would be empty, in words.</summary>
    public required IReadOnlyList<string> EmptyResults { get; init; }

    /// <summary>What is probably not what the author wants.</summary>
    public required IReadOnlyList<DiagnosticDocument> Warnings { get; init; }

    /// <summary>The first runs, as <c>plan --format jsonl</c> has them.</summary>
    public required IReadOnlyList<PlannedRunDocument> First { get; init; }

    public static PlanDocument Of(Scenario scenario, PlanOverview plan, int shown) =>
        new()
        {
            Scenario = scenario.Name,
            Runs = plan.Count,
            IsExact = plan.IsExact,
            Done = plan.Count - plan.ToDo,
            ToDo = plan.ToDo,
            Service = scenario.Address?.ToString(),
            Concurrency = scenario.Plan.Limits.MaxUnfinishedTasks,
            Seconds = plan.Estimate?.Median.TotalSeconds,
            SecondsAtMost = plan.Estimate?.NinetiethPercentile.TotalSeconds,
            EmptyResults = plan.EmptyResults,
            Warnings = [.. scenario.Warnings.Select(w => new DiagnosticDocument(w.File, w.Line, w.Column, w.Message))],
            First =
            [
                .. scenario.Plan.Runs.From(0).Take(shown).Select(run => PlannedRunDocument.Of(run, withRequest: false)),
            ],
        };
}
