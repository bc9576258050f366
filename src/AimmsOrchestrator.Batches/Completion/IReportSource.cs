using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What a report of any format is written from: the runs of one batch, or of several side by side.</summary>
public interface IReportSource
{
    /// <summary>The batch's id, or those of all.</summary>
    string Title { get; }

    /// <summary>The scenario's description; null where it has none.</summary>
    string? Description { get; }

    /// <summary>The columns of the runs.</summary>
    Columns Columns { get; }

    /// <summary>The contents of a report for people; computed when first needed.</summary>
    ReportContents Contents { get; }

    /// <summary>Its statistics alone, for formats that draw nothing; computed when first needed.</summary>
    ReportStatistics Statistics { get; }

    /// <summary>The results of the scenario's expectations; empty for several batches.</summary>
    IReadOnlyList<ExpectationResult> Expectations { get; }

    /// <summary>That a person has paused the batch, in one line; null where it is not paused.</summary>
    string? Pause { get; }

    /// <summary>The scenario's text without its recipients; null where there is none to show.</summary>
    string? Scenario { get; }

    /// <summary>Every run, those that have not begun included; each call walks anew.</summary>
    IEnumerable<RunRecord> Runs();
}
