using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>Where a report comes from: a workspace of this machine, or a server.</summary>
internal interface IReportOrigin
{
    /// <summary>The batch's id, or those of all.</summary>
    string Title { get; }

    /// <summary>The table for a terminal.</summary>
    Task<ReportTable> TableAsync(int mostRows, CancellationToken cancellation);

    /// <summary>Writes a format.</summary>
    Task WriteAsync(ReportFormat format, Stream output, CancellationToken cancellation);

    /// <summary>Draws the report's pictures.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="UserErrorException">They cannot be drawn here.</exception>
    int Draw(DirectoryInfo folder);
}
