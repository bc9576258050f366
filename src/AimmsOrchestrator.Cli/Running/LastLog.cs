using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>
/// Sends the rest of a server's log at its end. A host disposes of what it has made in reverse order, so this is disposed of before the
/// log's way to the collector, which would give the rest 5 s.
/// </summary>
/// <param name="log">The log's way to the collector.</param>
/// <param name="longestMilliseconds">How long it may take.</param>
internal sealed class LastLog(LoggerProvider log, int longestMilliseconds) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => log.Shutdown(longestMilliseconds);
}
