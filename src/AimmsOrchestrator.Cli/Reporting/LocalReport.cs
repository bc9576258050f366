using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Reports.Plots;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>A report from a workspace of this machine.</summary>
internal sealed class LocalReport(IReportSource source) : IReportOrigin
{
    public string Title => source.Title;

    public Task<ReportTable> TableAsync(int mostRows, CancellationToken cancellation) =>
        Task.FromResult(ReportTable.Of(source.Columns, source.Runs(), mostRows));

    public Task WriteAsync(ReportFormat format, Stream output, CancellationToken cancellation) =>
        format.WriteAsync(source, output, cancellation);

    public int Draw(DirectoryInfo folder) => ChartPlots.Write(folder, source.Contents.Charts);
}
