using System.Text;
using AimmsOrchestrator.Reports.Excel;
using AimmsOrchestrator.Reports.Html;
using AimmsOrchestrator.Reports.Parquet;
using AimmsOrchestrator.Reports.Tables;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>A way to write a report as a file.</summary>
/// <param name="Name">Its name; also the extension of its files.</param>
/// <param name="Description">What it is for, in a few words.</param>
/// <param name="IsText">Whether a terminal can show it.</param>
/// <param name="WriteAsync">Writes all of it; the stream can seek unless the format is text, and stays open.</param>
public sealed record ReportFormat(
    string Name,
    string Description,
    bool IsText,
    Func<IReportSource, Stream, CancellationToken, Task> WriteAsync
)
{
    /// <summary>What else people call the format, on the command line or as the extension of its files.</summary>
    public IReadOnlyList<string> OtherNames { get; private init; } = [];

    /// <summary>Every format, in the order of the help.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        Text("html", "a page for the browser", (source, output) => HtmlReport.Write(output, source.Contents)) with
        {
            OtherNames = ["htm", "page", "web", "pdf"],
        },
        Text("csv", "for programs", (source, output) => CsvReport.Write(output, source.Columns, source.Runs())),
        new(
            "jsonl",
            "one JSON object per run",
            IsText: true,
            (source, output, _) =>
            {
                JsonLinesReport.Write(output, source.Runs(), source.Columns);
                return Task.CompletedTask;
            }
        )
        {
            OtherNames = ["json", "ndjson", "jl"],
        },
        new("xlsx", "Excel", IsText: false, WriteExcelAsync)
        {
            OtherNames = ["excel", "xls", "workbook", "spreadsheet"],
        },
        new(
            "parquet",
            "for data frames",
            IsText: false,
            (source, output, cancellation) =>
                ParquetReport.WriteAsync(output, source.Columns, source.Runs, cancellation)
        )
        {
            OtherNames = ["pq", "arrow", "feather"],
        },
        Text("md", "a page of Markdown", WriteMarkdown) with
        {
            OtherNames = ["markdown"],
        },
    ];

    /// <summary>The page for the browser.</summary>
    public static ReportFormat Page => All[0];

    /// <summary>The format that a wrong name probably means; null where none is near.</summary>
    public static ReportFormat? Nearest(string word) =>
        All.FirstOrDefault(f => f.OtherNames.Contains(word, StringComparer.OrdinalIgnoreCase))
        ?? (
            DidYouMean.Among(word, All.SelectMany(f => f.OtherNames.Prepend(f.Name))) is { } near
                ? All.First(f => f.Name == near || f.OtherNames.Contains(near))
                : null
        );

    /// <summary>The format of a file, by its extension; null where it says none.</summary>
    public static ReportFormat? OfFile(FileInfo file) =>
        All.FirstOrDefault(format => file.Extension.Equals($".{format.Name}", StringComparison.OrdinalIgnoreCase));

    private static ReportFormat Text(string name, string description, Action<IReportSource, TextWriter> write) =>
        new(
            name,
            description,
            IsText: true,
            async (source, output, _) =>
            {
                var text = new StreamWriter(
                    output,
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    1 << 16,
                    true
                );
                await using (text)
                {
                    write(source, text);
                }
            }
        );

    private static Task WriteExcelAsync(IReportSource source, Stream output, CancellationToken cancellation) =>
        new ExcelReport
        {
            Findings = source.Statistics.Findings,
            Summaries = source.Statistics.Summaries,
            Table = source.Statistics.Table,
            Failures = source.Statistics.Failures,
            Expectations = source.Expectations,
            Title = source.Title,
            Description = source.Description,
            Scenario = source.Scenario ?? "",
        }.WriteAsync(output, source.Columns, source.Runs(), cancellation);

    private static void WriteMarkdown(IReportSource source, TextWriter output) =>
        new MarkdownReport
        {
            Title = source.Title,
            Description = source.Description,
            HeldBack = source.Pause,
            Findings = source.Statistics.Findings,
            Summaries = source.Statistics.Summaries,
            Failures = source.Statistics.Failures,
            Expectations = source.Expectations,
        }.Write(output, source.Columns, source.Runs());
}
