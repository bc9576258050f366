using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports;

/// <summary>All that a report for people says of a batch, whatever it is written as.</summary>
public sealed record ReportContents
{
    /// <summary>The batch's id.</summary>
    public required string Title { get; init; }

    /// <summary>What the scenario says of itself; null where nothing.</summary>
    public string? Description { get; init; }

    /// <summary>What ran: scenario, service, versions, when, how long, how it ended.</summary>
    public required IReadOnlyList<ReportFact> Facts { get; init; }

    /// <summary>A row a numeric result, in the scenario's order.</summary>
    public required IReadOnlyList<ResultSummary> Summaries { get; init; }

    /// <summary>The pictures, the most telling first.</summary>
    public required IReadOnlyList<Chart> Charts { get; init; }

    /// <summary>Why runs failed, the most frequent reason first.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }

    /// <summary>Every run, or a sample of them.</summary>
    public required RunTable Runs { get; init; }

    /// <summary>What came of the scenario's rules across runs, in its order.</summary>
    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

    /// <summary>The text of the scenario's file; null where it is not shown.</summary>
    public string? Scenario { get; init; }
}
