using System.Text.Json.Serialization;

namespace AimmsOrchestrator.Reports.Tables;

/// <summary>The runs as a table.</summary>
public sealed record RunTable
{
    public required IReadOnlyList<RunTableColumn> Columns { get; init; }

    /// <summary>One row per run; a cell is a number (<see cref="double"/> or <see cref="long"/>), a text or null.</summary>
    public required IReadOnlyList<IReadOnlyList<object?>> Rows { get; init; }

    /// <summary>The number of runs; greater than the number of rows if the table is a sample.</summary>
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
