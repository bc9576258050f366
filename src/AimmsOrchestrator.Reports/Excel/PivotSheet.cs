using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>The first result by the first parameters: a title, a header row, then a row for each value.</summary>
internal static class PivotSheet
{
    public const string Name = "pivot";

    /// <summary>The row of the headers, from 1.</summary>
    public const int HeaderRow = 3;

    private const double Width = 16;

    public static async Task WriteAsync(
        Workbook book,
        CrossTable table,
        IReadOnlyList<ResultSummary> summaries,
        CancellationToken cancellation
    )
    {
        var format =
            summaries.FirstOrDefault(s => s.Result == table.Result) is { } summary && !table.IsCount
                ? NumberFormats.OfMeans(summary)
                : null;
        await book.StartAsync(Name, [.. Enumerable.Repeat(Width, table.Columns.Count + 1)], cancellation)
            .ConfigureAwait(false);
        await book.AddLineAsync([table.Title], cancellation, isBold: true).ConfigureAwait(false);
        await book.AddLineAsync([], cancellation).ConfigureAwait(false);
        await book.AddLineAsync([table.Corner, .. table.Columns], cancellation, isBold: true).ConfigureAwait(false);
        foreach (var row in table.Rows)
        {
            await book.AddRowAsync(row.Level, [.. row.Cells.Cast<object?>()], format, cancellation)
                .ConfigureAwait(false);
        }
    }
}
