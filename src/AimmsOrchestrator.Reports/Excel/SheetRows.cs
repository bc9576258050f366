namespace AimmsOrchestrator.Reports.Excel;

/// <summary>A sheet of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Headers">The headers, which stay in sight and have filters.</param>
/// <param name="Rows">The rows, read once.</param>
internal sealed record SheetRows(string Name, IReadOnlyList<string> Headers, IEnumerable<object?[]> Rows)
{
    /// <summary>How Excel shows the numbers of a column, by its header.</summary>
    public IReadOnlyDictionary<string, string> Formats { get; init; } = new Dictionary<string, string>();

    /// <summary>How many of the first columns stay in sight.</summary>
    public int FrozenColumns { get; init; }

    /// <summary>The most rows of a sheet, its header included.</summary>
    public int MostRows { get; init; } = Workbook.MostRows;
}
