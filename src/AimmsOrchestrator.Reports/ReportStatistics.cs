using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Findings;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports;

/// <summary>What a report says about a batch without charts and without its runs.</summary>
public sealed record ReportStatistics
{
    /// <summary>What came out, in at most seven sentences.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>One row per numeric result, in the scenario's order.</summary>
    public required IReadOnlyList<ResultSummary> Summaries { get; init; }

    /// <summary>The first result by the first parameters; null where no completed run has a number.</summary>
    public CrossTable? Table { get; init; }

    /// <summary>Why runs failed, the most frequent reason first.</summary>
    public required IReadOnlyList<FailureGroup> Failures { get; init; }
}
