using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Batches.Documents;
using AimmsOrchestrator.Cli.Terminal;
using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>
/// Follows a batch of a server to its end, by its events. A connection that is lost is made again, from the last event that
/// arrived, however long that takes: the batch goes on meanwhile.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="say">Shows a line.</param>
internal sealed class RemoteFollower(RemoteServer server, Action<string> say)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>The server says something every 14 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private string? _last;

    /// <summary>Returns once the batch is over, or the following is cancelled.</summary>
    /// <param name="batch">The batch's id.</param>
    /// <param name="observer">Gets its progress.</param>
    /// <param name="cancelled">Ends the following, not the batch.</param>
    /// <returns>Whether the batch is over.</returns>
    /// <exception cref="ServerProblemException">The server refuses.</exception>
    public async Task<bool> UntilOverAsync(string batch, IBatchObserver observer, CancellationToken cancelled)
    {
        var outage = new Outage(server, say);
        while (!cancelled.IsCancellationRequested)
        {
            try
            {
                if (await ListenAsync(batch, observer, outage, cancelled))
                {
                    return true;
                }

                // A server that stops ends its streams.
                outage.Begin("it ended the connection");
            }
            catch (ServerProblemException e) when (e.IsPassing)
            {
                outage.Begin(e.Message);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                outage.Begin(e.Message);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(outage.NextWait(FirstWait, LongestWait), server.Time, cancelled)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private async Task<bool> ListenAsync(
        string batch,
        IBatchObserver observer,
        Outage outage,
        CancellationToken cancelled
    )
    {
        using var answer = await server.ListenAsync($"{RemoteBatches.PathOf(batch)}/events", _last, cancelled);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancelled);
        await using var watched = new WatchedStream(stream, Patience);
        await foreach (var item in SseParser.Create(watched, Document).EnumerateAsync(cancelled))
        {
            outage.End();
            _last = item.EventId ?? _last;
            if (item.EventType == "end")
            {
                return true;
            }

            if (item is { EventType: "progress", Data: { } progress })
            {
                observer.OnProgress(progress.ToProgress());
            }
        }

        return false;
    }

    /// <summary>Only progress is shown: it has the latest runs.</summary>
    private ProgressDocument? Document(string type, ReadOnlySpan<byte> data)
    {
        try
        {
            return type == "progress"
                ? JsonSerializer.Deserialize(data, BatchJsonContext.Default.ProgressDocument)
                : null;
        }
        catch (JsonException e)
        {
            throw new IOException($"this is no progress: {Encoding.UTF8.GetString(data).OneLine(80)}", e);
        }
    }
}
