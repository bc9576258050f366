using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Sends the rest of a server's log once the server has stopped: where its host is disposed of, there are 5 s for that.</summary>
/// <param name="log">The log's way to the collector.</param>
/// <param name="longestMilliseconds">How long it may take.</param>
internal sealed class LastLog(LoggerProvider log, int longestMilliseconds) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        log.Shutdown(longestMilliseconds);
        return Task.CompletedTask;
    }
}
