using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Findings;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports;

/// <summary>Everything that a report for people says about a batch, independent of its format.</summary>
public sealed record ReportContents
{
    /// <summary>The batch's id.</summary>
    public required string Title { get; init; }

    /// <summary>The scenario's description; null if it has none.</summary>
    public string? Description { get; init; }

    /// <summary>What came out, in at most seven sentences.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What ran: scenario, service, versions, when, how long, how it ended.</summary>
    public required IReadOnlyList<ReportFact> Facts { get; init; }

    /// <summary>One row per numeric result, in the scenario's order.</summary>
    public required IReadOnlyList<ResultSummary> Summaries { get; init; }

    /// <summary>The first result by the first parameters; null where no completed run has a number.</summary>
    public CrossTable? Table { get; init; }

    /// <summary>Whether the parameters were drawn at random: then the percentiles are of interest.</summary>
    public bool IsSample { get; init; }

    /// <summary>The charts, the most informative first.</summary>
    public required IReadOnlyList<Chart> Charts { get; init; }

    /// <summary>Why runs failed, the most frequent reason first.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    /// <summary>Every run, or a sample of them.</summary>
    public required RunTable Runs { get; init; }

    /// <summary>The outcomes of the scenario's rules across runs, in its order.</summary>
    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>The text of the scenario's file; null if it is not shown.</summary>
    public string? Scenario { get; init; }
}
