using System.Text.Json.Serialization;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Reports.Charts;

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

/// <summary>A figure or a word about the batch.</summary>
/// <param name="Name">What it is, such as <c>service</c>.</param>
/// <param name="Value">As people read it.</param>
/// <param name="IsKey">Whether it belongs at the very top, in large.</param>
public sealed record ReportFact(string Name, string Value, bool IsKey = false);

/// <summary>One numeric result over the completed runs. Empty and infinite values are counted and left out.</summary>
public sealed record ResultSummary
{
    public required string Result { get; init; }

    /// <summary>How many finite values there are; the figures are over these.</summary>
    public required long Count { get; init; }

    /// <summary>How many completed runs have no number here, or none that is finite.</summary>
    public required long Empty { get; init; }

    public double? Minimum { get; init; }

    /// <summary>The lower quartile; the report says by which definition.</summary>
    public double? LowerQuartile { get; init; }

    public double? Median { get; init; }

    public double? Mean { get; init; }

    /// <summary>The upper quartile.</summary>
    public double? UpperQuartile { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Of a sample (divided by n - 1); null below two values.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The first run that has the least value.</summary>
    public RunLabel? AtMinimum { get; init; }

    /// <summary>The first run that has the greatest value.</summary>
    public RunLabel? AtMaximum { get; init; }
}

/// <summary>A run, as people call it.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Name">Its name.</param>
public sealed record RunLabel(long Index, string Name);

/// <summary>Runs that failed for the same reason.</summary>
public sealed record FailureGroup
{
    /// <summary>Their message, with what differs from run to run (numbers, ids, quoted text) replaced by an ellipsis.</summary>
    public required string Message { get; init; }

    /// <summary>The first one's message as it was.</summary>
    public required string Example { get; init; }

    public required long Count { get; init; }

    /// <summary>
    /// What the parameters of these runs have in common that no completed run has, in words:
    /// <c>all 37 have growth ≥ 1.1</c>; null where nothing simple tells them apart.
    /// </summary>
    public string? Condition { get; init; }

    /// <summary>The first few.</summary>
    public required IReadOnlyList<RunLabel> Runs { get; init; }
}

/// <summary>The runs as a table.</summary>
public sealed record RunTable
{
    public required IReadOnlyList<RunTableColumn> Columns { get; init; }

    /// <summary>A row a run; a cell is a number (<see cref="double"/> or <see cref="long"/>), a text or null.</summary>
    public required IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; }

    /// <summary>How many runs there are; more than rows where the table is a sample.</summary>
    public required long Total { get; init; }
}

/// <summary>A column of the table of runs.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Role">What it holds.</param>
/// <param name="IsNumeric">Whether every cell is a number or empty.</param>
public sealed record RunTableColumn(string Name, ColumnRole Role, bool IsNumeric);

/// <summary>What a column of a report holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnRole>))]
public enum ColumnRole
{
    Index,
    Name,
    Parameter,
    State,
    Result,
    Other,
}
