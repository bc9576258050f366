using System.Diagnostics;
using System.Text.RegularExpressions;
using AimmsOrchestrator.EndToEnd.Tests.Testing;

namespace AimmsOrchestrator.EndToEnd.Tests.Server;

/// <summary>The program as a server, started as a person would; killed at the end.</summary>
internal sealed partial class ServerProgram : IDisposable
{
    private readonly Process _process;

    private ServerProgram(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it says that it serves.</summary>
    public Uri Address { get; }

    /// <param name="folder">Its current folder, which has <c>server.yaml</c>.</param>
    /// <param name="address">Where it listens; a free port by default.</param>
    public static async Task<ServerProgram> StartAsync(ProgramFolder folder, string address = "http://127.0.0.1:0")
    {
        return await StartedAsync(folder.Start("serve", "--listen", address, "--config", "server.yaml"));
    }

    /// <summary>Starts a node of a cluster.</summary>
    /// <param name="folder">Its current folder, which has <c>server.yaml</c>.</param>
    /// <param name="database">The database of all nodes.</param>
    /// <param name="port">Where its fellows reach it.</param>
    /// <param name="join">The nodes.</param>
    public static Task<ServerProgram> StartAsync(ProgramFolder folder, string database, int port, string join) =>
        StartedAsync(
            folder.Start(
                "serve",
                "--listen",
                "http://127.0.0.1:0",
                "--config",
                "server.yaml",
                "--database",
                database,
                "--node-port",
                $"{port}",
                "--join",
                join
            )
        );

    private static async Task<ServerProgram> StartedAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        return Serving().Match(line) is { Success: true } said
            ? new ServerProgram(process, new Uri(said.Value))
            : throw new InvalidOperationException(
                $"The server did not start: {await process.StandardError.ReadToEndAsync()}"
            );
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as systemd does, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"https?://[\d.]+:\d+", RegexOptions.None, 60_000)]
    private static partial Regex Serving();
}
