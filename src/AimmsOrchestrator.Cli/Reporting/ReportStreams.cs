using AimmsOrchestrator.Batches.Completion;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>Reports on standard output.</summary>
internal static class ReportStreams
{
    /// <summary>Writes a report to standard output, and closes it.</summary>
    public static async Task WriteToAsync(
        this IReportOrigin origin,
        Stream standardOutput,
        ReportFormat format,
        CancellationToken cancellation
    )
    {
        await using var output = standardOutput;
        if (format.IsText)
        {
            await origin.WriteAsync(format, output, cancellation);
            return;
        }

        // A pipe cannot seek.
        await OutputFile.WriteAtOnceAsync(
            output,
            draft => origin.WriteAsync(format, draft, cancellation),
            cancellation
        );
    }
}
