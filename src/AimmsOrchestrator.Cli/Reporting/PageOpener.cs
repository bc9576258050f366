using System.ComponentModel;
using System.Diagnostics;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>Opens a page with the program that the platform has for it.</summary>
internal static class PageOpener
{
    /// <summary>An opener that still runs after this time has become the browser.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    /// <exception cref="UserErrorException">There is no such program, or it fails; the page is written all the same.</exception>
    public static async Task OpenAsync(FileInfo page)
    {
        var openers = Openers();
        foreach (var opener in openers)
        {
            if (await TryStartAsync(opener, page.FullName))
            {
                return;
            }
        }

        throw new UserErrorException(
            $"--open: {page} is written, but {string.Join(" and ", openers.Select(opener => $"`{opener}`"))} cannot open it here; open it in a browser"
        );
    }

    /// <summary>The platform's opener; on Linux then those that <c>BROWSER</c> names, divided by colons.</summary>
    private static string[] Openers() =>
        OperatingSystem.IsWindows() ? ["start"]
        : OperatingSystem.IsMacOS() ? ["open"]
        :
        [
            "xdg-open",
            .. (Environment.GetEnvironmentVariable("BROWSER") ?? "").Split(
                ':',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            ),
        ];

    private static async Task<bool> TryStartAsync(string opener, string page)
    {
        // What a browser writes belongs to no report, and a pipe of this process would close under it.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(page) { UseShellExecute = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$1\" >/dev/null 2>&1 </dev/null", opener, page]);
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return true;
            }

            using var patience = new CancellationTokenSource(LongestWait);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
