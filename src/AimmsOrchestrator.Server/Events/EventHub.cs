using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Http;
using AimmsOrchestrator.Server.Settings;

namespace AimmsOrchestrator.Server.Events;

/// <summary>The feeds that have listeners: each runs while it has any. Safe for many threads.</summary>
internal sealed class EventHub(ServerOptions options, ReaderPool readers, BatchFleet fleet, TimeProvider time)
    : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, EventFeed> _feeds = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Ends every stream: clients come back, to this server or another.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Listens to a batch.</summary>
    public (EventFeed Feed, EventListener Listener) Listen(BatchId batch) =>
        Listen(batch.Value, () => new BatchFeed(batch, options.Workspace, readers, fleet, time));

    /// <summary>Listens to all batches.</summary>
    public (EventFeed Feed, EventListener Listener) ListenToAll() =>
        Listen("", () => new AllFeed(options.Workspace, readers, fleet, time));

    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    private (EventFeed Feed, EventListener Listener) Listen(string name, Func<EventFeed> begin)
    {
        lock (_lock)
        {
            var isNew = !_feeds.TryGetValue(name, out var feed);
            if (isNew)
            {
                _feeds[name] = feed = begin();
            }

            var listener = feed!.Fan.Subscribe();
            if (isNew)
            {
                _ = Task.Run(() => RunAsync(name, feed));
            }

            return (feed, listener);
        }
    }

    private async Task RunAsync(string name, EventFeed feed)
    {
        try
        {
            do
            {
                await feed.RunAsync(_stopping.Token);
            } while (!IsDone(name, feed));
        }
        finally
        {
            Remove(name, feed);
        }
    }

    /// <summary>Whether a feed can end: not where a listener came in the moment when it had none.</summary>
    private bool IsDone(string name, EventFeed feed)
    {
        lock (_lock)
        {
            if (!feed.IsOver && !_stopping.IsCancellationRequested && feed.Fan.Listeners > 0)
            {
                return false;
            }

            Remove(name, feed);
            return true;
        }
    }

    private void Remove(string name, EventFeed feed)
    {
        lock (_lock)
        {
            if (_feeds.TryGetValue(name, out var known) && known == feed)
            {
                _feeds.Remove(name);
            }

            feed.Fan.Complete();
        }
    }
}
