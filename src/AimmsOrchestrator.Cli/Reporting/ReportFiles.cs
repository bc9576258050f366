using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>The files that a scenario's <c>report</c> wants once its batch is over.</summary>
internal static class ReportFiles
{
    /// <summary>Makes their folder, before anything is sent.</summary>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public static void Prepare(ReportSettings settings)
    {
        if (settings.Formats.Count == 0)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(settings.Output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"report.output: {settings.Output} cannot be a folder: {e.Message}", e);
        }
    }

    /// <summary>Writes <c>BATCH.format</c> for each format; a file that cannot be written is one line and changes nothing else.</summary>
    /// <returns>The first file that was written, the page before others; null where none was.</returns>
    public static Task<string?> WriteAsync(
        ReportSettings settings,
        IJournalReader reader,
        string batch,
        Screen screen
    ) =>
        WriteAsync(
            settings.Formats,
            settings.Output,
            new LocalReport(new ReportSource(reader, reader.Find(batch)!, screen.Complain)),
            batch,
            screen,
            CancellationToken.None
        );

    /// <summary>The same, from wherever the report comes.</summary>
    public static async Task<string?> WriteAsync(
        IReadOnlyList<string> formats,
        string folder,
        IReportOrigin source,
        string batch,
        Screen screen,
        CancellationToken cancellation
    )
    {
        var written = new List<string>();
        foreach (var name in formats.Distinct(StringComparer.Ordinal))
        {
            if (ReportFormat.All.FirstOrDefault(format => format.Name == name) is not { } format)
            {
                screen.Complain($"report: this version has no format \"{name}\"");
                continue;
            }

            var file = new FileInfo(Path.Combine(folder, $"{batch}.{name}"));
            try
            {
                Directory.CreateDirectory(folder);
                await OutputFile.WriteAsync(file, output => source.WriteAsync(format, output, cancellation));
                written.Add(file.FullName);
                screen.Say($"report: {Path.Combine(folder, file.Name)}");
            }
#pragma warning disable CA1031 // What keeps one file from being written must keep neither the next one nor the notifications.
            catch (Exception e)
#pragma warning restore CA1031
            {
                screen.Complain($"report: {e.Message}");
            }
        }

        return written.Find(file => file.EndsWith(".html", StringComparison.Ordinal)) ?? written.FirstOrDefault();
    }
}
