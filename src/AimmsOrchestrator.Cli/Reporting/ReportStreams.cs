using AimmsOrchestrator.Batches.Completion;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>Reports on standard output.</summary>
internal static class ReportStreams
{
    /// <summary>Writes a report to standard output, and closes it.</summary>
    public static async Task WriteToAsync(
        this ReportFormat format,
        Stream standardOutput,
        IReportSource source,
        CancellationToken cancellation
    )
    {
        await using var output = standardOutput;
        if (format.IsText)
        {
            await format.WriteAsync(source, output, cancellation);
            return;
        }

        // A pipe cannot seek.
        await OutputFile.WriteAtOnceAsync(
            output,
            draft => format.WriteAsync(source, draft, cancellation),
            cancellation
        );
    }
}
