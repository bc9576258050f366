using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>How Excel shows numbers: each column in one form, which suits the size of its values. The values stay whole.</summary>
internal static class NumberFormats
{
    public const string Seconds = "0.000";
    private const string Ratio = "0.0000";
    private const string Whole = "0";
    private const string LargeWhole = "#,##0";

    /// <summary>The form of means, quantiles and deviations of a result, which are no whole numbers where its values are.</summary>
    public static string? OfMeans(ResultSummary summary) =>
        Of(summary) switch
        {
            Whole => "0.00",
            LargeWhole => "#,##0.00",
            var format => format,
        };

    /// <summary>The form of a result's values; null for Excel's own.</summary>
    public static string? Of(ResultSummary summary)
    {
        if (summary is not { Minimum: { } least, Maximum: { } greatest, Mean: { } mean, Median: { } median })
        {
            return null;
        }

        var size = Math.Max(Math.Abs(least), Math.Abs(greatest));
        return size switch
        {
            > 1e12 or (> 0 and < 1e-3) => null,
            _ when IsWhole(least) && IsWhole(greatest) && IsWhole(median) && IsWhole(mean * summary.Count) => size
            >= 10_000
                ? LargeWhole
                : Whole,
            >= 1000 => "#,##0.0",
            >= 10 => "0.00",
            _ => "0.0000",
        };
    }

    /// <summary>The forms of the sheet of runs by header.</summary>
    public static Dictionary<string, string> OfRuns(Columns columns, IReadOnlyList<ResultSummary> summaries)
    {
        var formats = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["queueTime"] = Seconds,
            ["runTime"] = Seconds,
        };
        var headers = columns.Named(StringComparer.OrdinalIgnoreCase, TypedRow.Times);
        var byResult = summaries.ToDictionary(s => s.Result, Of, StringComparer.Ordinal);
        Add(columns.Results, headers.Results);
        foreach (var (result, pair) in columns.Compared.Zip(headers.Compared.Chunk(2)))
        {
            Add([result], [pair[0]]);
            formats[pair[1]] = Ratio;
        }

        return formats;

        void Add(IReadOnlyList<string> results, IReadOnlyList<string> named)
        {
            foreach (var (result, header) in results.Zip(named))
            {
                if (byResult.GetValueOrDefault(result) is { } format)
                {
                    formats[header] = format;
                }
            }
        }
    }

    private static bool IsWhole(double number) =>
        Math.Abs(number - Math.Round(number)) < 1e-9 * Math.Max(1, Math.Abs(number));
}
