using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>Standard output as a stream.</summary>
internal static class StandardOutput
{
    /// <summary>Opens it: for a program byte by byte, for a terminal without what that would obey.</summary>
    public static Stream Open() =>
        Console.IsOutputRedirected ? Console.OpenStandardOutput() : new HarmlessText(Console.Out);

    public static async Task WriteAsync(ReportFormat format, ReportSource source, CancellationToken cancellation)
    {
        await using var output = Open();
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
