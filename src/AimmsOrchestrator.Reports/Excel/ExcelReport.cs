using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Findings;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>
/// A workbook with the sheets <c>findings</c>, <c>runs</c> (the columns of CSV with their types, and when each run began and ended, UTC),
/// <c>summary</c>, <c>failures</c> and <c>scenario</c>, streamed.
/// </summary>
public sealed record ExcelReport
{
    private static readonly string[] SummaryHeaders =
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

    private static readonly string[] FailureHeaders = ["reason", "runs", "example", "condition", "first runs"];

    /// <summary>What came out, one sentence per row.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>One row per numeric result.</summary>
    public IReadOnlyList<ResultSummary> Summaries { get; init; } = [];

    /// <summary>One row per reason.</summary>
    public IReadOnlyList<FailureGroup> Failures { get; init; } = [];

    /// <summary>The scenario's text: one row per line.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>Writes the workbook; the stream stays open.</summary>
    public Task WriteAsync(
        Stream output,
        Columns columns,
        IEnumerable<RunRecord> runs,
        CancellationToken cancellation
    ) => WriteAsync(output, columns, runs, Workbook.MostRows, cancellation);

    /// <param name="output">Where to.</param>
    /// <param name="columns">The columns of the runs.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="mostRows">The most rows of a sheet.</param>
    /// <param name="cancellation">Ends the writing.</param>
    internal async Task WriteAsync(
        Stream output,
        Columns columns,
        IEnumerable<RunRecord> runs,
        int mostRows,
        CancellationToken cancellation
    )
    {
        var book = await Workbook.CreateAsync(output, cancellation).ConfigureAwait(false);
        await using (book.ConfigureAwait(false))
        {
            await book.AddAsync("findings", ["finding"], Findings.Select(f => Line(f.Text)), cancellation)
                .ConfigureAwait(false);
            var cells = runs.Select(run => TypedRow.Cells(columns, run));
            await book.AddAsync("runs", TypedRow.Headers(columns), cells, cancellation, mostRows).ConfigureAwait(false);
            await book.AddAsync("summary", SummaryHeaders, SummaryRows(), cancellation).ConfigureAwait(false);
            await book.AddAsync("failures", FailureHeaders, Failures.Select(Row), cancellation).ConfigureAwait(false);
            var lines = Scenario.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(Line);
            await book.AddAsync("scenario", ["scenario"], lines, cancellation).ConfigureAwait(false);
            await book.FinishAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The row below the statistics says how the quartiles are computed.</summary>
    private IEnumerable<object?[]> SummaryRows() =>
        Summaries.Count == 0 ? [] : [.. Summaries.Select(Row), [], [Quartiles.Definition]];

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

    private static object?[] Row(FailureGroup f) =>
        [f.Message, f.Count, f.Example, f.Condition, string.Join(", ", f.Runs.Select(run => run.Name))];

    private static object?[] Line(string line) => [line];
}
