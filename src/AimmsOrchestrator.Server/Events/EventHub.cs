using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Settings;

namespace AimmsOrchestrator.Server.Events;

/// <summary>The feeds that have listeners. Safe for many threads.</summary>
internal sealed class EventHub(ServerOptions options, BatchFleet fleet, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BatchId, BatchFeed> _feeds = [];
    private readonly CancellationTokenSource _stopping = new();
    private AllFeed? _all;

    /// <summary>Ends every stream: clients come back, to this server or another.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The feed of a batch, which runs while it has listeners.</summary>
    public (BatchFeed Feed, System.Threading.Channels.Channel<EventItem> Listener) Listen(BatchId batch)
    {
        lock (_lock)
        {
            var isNew = !_feeds.TryGetValue(batch, out var feed);
            if (isNew)
            {
                _feeds[batch] = feed = new BatchFeed(batch, options.Workspace, fleet, time);
            }

            var listener = feed!.Fan.Subscribe();
            if (isNew)
            {
                _ = Task.Run(() => RunAsync(batch, feed));
            }

            return (feed, listener);
        }
    }

    /// <summary>The feed of all batches, which runs while it has listeners.</summary>
    public (AllFeed Feed, System.Threading.Channels.Channel<EventItem> Listener) ListenToAll()
    {
        lock (_lock)
        {
            var isNew = _all is null;
            var feed = _all ??= new AllFeed(options.Workspace, fleet, time);
            var listener = feed.Fan.Subscribe();
            if (isNew)
            {
                _ = Task.Run(() => RunAsync(feed));
            }

            return (feed, listener);
        }
    }

    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(BatchId batch, BatchFeed feed)
    {
        try
        {
            await feed.RunAsync(_stopping.Token);
        }
        finally
        {
            lock (_lock)
            {
                _feeds.Remove(batch);
            }

            feed.Fan.Complete();
        }
    }

    private async Task RunAsync(AllFeed feed)
    {
        try
        {
            await feed.RunAsync(_stopping.Token);
        }
        finally
        {
            lock (_lock)
            {
                _all = null;
            }

            feed.Fan.Complete();
        }
    }
}
