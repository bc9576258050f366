using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>The first sheet: what came out in sentences, then the statistics of each numeric result.</summary>
internal static class SummarySheet
{
    private const double WidthOfNames = 26;
    private const double WidthOfNumbers = 14;

    private static readonly string[] Headers =
    [
        "result",
        "count",
        "empty",
        "minimum",
        "lower quartile",
        "median",
        "mean",
        "upper quartile",
        "maximum",
        "standard deviation",
        "run at minimum",
        "run at maximum",
    ];

    public static async Task WriteAsync(Workbook book, ExcelReport report, CancellationToken cancellation)
    {
        double[] widths =
        [
            WidthOfNames,
            .. Enumerable.Repeat(WidthOfNumbers, Headers.Length - 3),
            WidthOfNames,
            WidthOfNames,
        ];
        await book.StartAsync("summary", widths, cancellation).ConfigureAwait(false);
        await book.AddLineAsync([report.Title], cancellation, isBold: true).ConfigureAwait(false);
        foreach (var line in Lines(report))
        {
            await book.AddLineAsync([line], cancellation).ConfigureAwait(false);
        }

        if (report.Summaries.Count == 0)
        {
            return;
        }

        await book.AddLineAsync([], cancellation).ConfigureAwait(false);
        var isCompared = report.Summaries.Any(summary => summary.Base is not null);
        await book.AddLineAsync(
                [.. Headers, .. isCompared ? ["base run"] : Array.Empty<object?>()],
                cancellation,
                isBold: true
            )
            .ConfigureAwait(false);
        foreach (var summary in report.Summaries)
        {
            await book.AddLineAsync([.. Row(summary), summary.Base], cancellation, formats: Formats(summary))
                .ConfigureAwait(false);
        }

        await book.AddLineAsync([Quartiles.Definition], cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<string?> Lines(ExcelReport report) =>
        [
            .. report.Description is { } description ? [description] : Array.Empty<string>(),
            null,
            .. report.Findings.Select(finding => finding.Text),
        ];

    /// <summary>Those of a row, and of the base run behind it: values, and what is calculated from them.</summary>
    private static string?[] Formats(ResultSummary summary)
    {
        var (value, mean) = (NumberFormats.Of(summary), NumberFormats.OfMeans(summary));
        return [null, null, null, value, mean, mean, mean, mean, value, mean, null, null, value];
    }

    private static object?[] Row(ResultSummary s) =>
        [
            s.Result,
            s.Count,
            s.Empty,
            s.Minimum,
            s.LowerQuartile,
            s.Median,
            s.Mean,
            s.UpperQuartile,
            s.Maximum,
            s.StandardDeviation,
            s.AtMinimum?.Name,
            s.AtMaximum?.Name,
        ];
}
