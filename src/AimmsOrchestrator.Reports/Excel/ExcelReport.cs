using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Findings;
using AimmsOrchestrator.Reports.Statistics;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>
/// A workbook that opens on its <c>summary</c>: what came out, and the statistics of each result. Then <c>pivot</c> (the first result
/// by the first parameters, with a chart), <c>runs</c> (the columns of CSV with their types, and when each run began and ended,
/// UTC), <c>failures</c>, <c>expectations</c> and <c>scenario</c>. It is streamed; a small one is made to fit the width of a
/// page.
/// </summary>
public sealed record ExcelReport
{
    /// <summary>The chart and the settings of pages are added to the whole file, which takes memory.</summary>
    private const int MostCellsInMemory = 500_000;

    private static readonly string[] FailureHeaders = ["reason", "runs", "example", "condition", "first runs"];
    private static readonly string[] ExpectationHeaders =
    [
        "expectation",
        "outcome",
        "checked",
        "violated",
        "violation",
    ];

    /// <summary>The batch's id.</summary>
    public string Title { get; init; } = "";

    /// <summary>The scenario's description; null where it has none.</summary>
    public string? Description { get; init; }

    /// <summary>What came out, one sentence per row.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>One row per numeric result.</summary>
    public IReadOnlyList<ResultSummary> Summaries { get; init; } = [];

    /// <summary>The first result by the first parameters; null for no such sheet.</summary>
    public CrossTable? Table { get; init; }

    /// <summary>The outcomes of the scenario's rules across runs; no such sheet where it has none.</summary>
    public IReadOnlyList<ExpectationResult> Expectations { get; init; } = [];

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
            await SummarySheet.WriteAsync(book, this, cancellation).ConfigureAwait(false);
            if (Table is { } table)
            {
                await PivotSheet.WriteAsync(book, table, Summaries, cancellation).ConfigureAwait(false);
            }

            foreach (var sheet in Tables(columns, runs, mostRows))
            {
                await book.AddAsync(sheet, cancellation).ConfigureAwait(false);
            }

            await book.FinishAsync(cancellation).ConfigureAwait(false);
        }

        if (book.Cells <= MostCellsInMemory)
        {
            PrintLayout.Apply(output, book.Sheets, Table);
        }
    }

    private IEnumerable<SheetRows> Tables(Columns columns, IEnumerable<RunRecord> runs, int mostRows)
    {
        yield return new SheetRows("runs", TypedRow.Headers(columns), runs.Select(run => TypedRow.Cells(columns, run)))
        {
            Formats = NumberFormats.OfRuns(columns, Summaries),
            FrozenColumns = 2,
            MostRows = mostRows,
        };
        yield return new SheetRows("failures", FailureHeaders, Failures.Select(Row));
        if (Expectations.Count > 0)
        {
            yield return new SheetRows("expectations", ExpectationHeaders, Expectations.SelectMany(Rows));
        }

        var lines = Scenario.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        yield return new SheetRows("scenario", ["scenario"], lines.Select(object?[] (line) => [line]));
    }

    private static object?[] Row(FailureGroup f) =>
        [f.Message, f.Count, f.Example, f.Condition, string.Join(", ", f.Runs.Select(run => run.Name))];

    /// <summary>A row for each violation that is known; one for a rule without any.</summary>
    private static IEnumerable<object?[]> Rows(ExpectationResult rule) =>
        rule
            .First.Select(violation => violation.Message)
            .DefaultIfEmpty(null)
            .Select(object?[] (message) => [rule.Name, rule.Summary, rule.Checked, rule.Violated, message]);
}
