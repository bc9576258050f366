using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Reporting;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>A report from a server.</summary>
/// <param name="batches">The server's batches.</param>
/// <param name="ids">Those that are reported.</param>
/// <param name="warn">Gets what the report must do without.</param>
internal sealed class RemoteReport(RemoteBatches batches, IReadOnlyList<string> ids, Action<string> warn)
    : IReportOrigin
{
    public string Title => string.Join(", ", ids);

    public Task<ReportTable> TableAsync(int mostRows, CancellationToken cancellation) =>
        batches.TableAsync(ids, warn, cancellation);

    public Task WriteAsync(ReportFormat format, Stream output, CancellationToken cancellation) =>
        batches.WriteReportAsync(ids, format.Name, output, warn, cancellation);

    public int Draw(DirectoryInfo folder) =>
        throw new UserErrorException(
            "--plots: a server draws no pictures; its page has them: --format html, or --open"
        );
}
