using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AimmsOrchestrator.Benchmarks.Serving;

/// <summary>The program as a server of this machine alone.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private ServerProcess(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>The most memory that it has had, in MB.</summary>
    public double MostMegabytes
    {
        get
        {
            Process.Refresh();
            return Process.PeakWorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts it, and waits until it serves.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">What follows <c>serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(string folder, params string[] arguments)
    {
        string[] listen = ["--listen", "http://127.0.0.1:0"];
        var process = BatchProgram.Start(
            folder,
            ["serve", .. arguments.Contains("--listen") ? [] : listen, .. arguments]
        );
        _ = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? "";
        _ = process.StandardOutput.ReadToEndAsync();
        return Serving().Match(line) is { Success: true } said
            ? new ServerProcess(process, new Uri(said.Value))
            : throw new InvalidOperationException($"The server did not start: {line}");
    }

    /// <summary>Ends it as a crash does.</summary>
    public async ValueTask DisposeAsync()
    {
        Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync().ConfigureAwait(false);
        Process.Dispose();
    }

    [GeneratedRegex(@"https?://[\d.]+:\d+", RegexOptions.None, 60_000)]
    private static partial Regex Serving();
}
