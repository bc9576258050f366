namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>A report as standard output.</summary>
internal static class StandardOutput
{
    /// <summary>What to tell where it cannot be written: it goes to a disk that is full, to a terminal that is gone.</summary>
    public static UserErrorException Trouble(IOException trouble) =>
        new($"standard output cannot be written: {trouble.Message}", trouble);

    public static async Task WriteAsync(ReportFormat format, ReportSource source, CancellationToken cancellation)
    {
        await using var output = Console.OpenStandardOutput();
        if (format.IsText)
        {
            await format.WriteAsync(source, output, cancellation);
            return;
        }

        // A pipe cannot seek.
        await using var draft = new FileStream(
            Path.GetTempFileName(),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose
        );
        await format.WriteAsync(source, draft, cancellation);
        draft.Position = 0;
        await draft.CopyToAsync(output, cancellation);
    }
}
