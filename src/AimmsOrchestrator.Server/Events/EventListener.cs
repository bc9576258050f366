using System.Threading.Channels;

namespace AimmsOrchestrator.Server.Events;

/// <summary>The events that wait for one listener. Any number of threads write them, one takes them.</summary>
internal sealed class EventListener
{
    /// <summary>Events that wait for a slow listener, the oldest of which are dropped beyond that: more than a feed publishes in a round.</summary>
    internal const int MostWaiting = 2 * BatchFeed.MostRuns;

    private readonly Lock _lock = new();
    private readonly Channel<EventItem> _waiting;
    private bool _hasMissed;

    public EventListener()
    {
        var options = new BoundedChannelOptions(MostWaiting)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        };
        _waiting = Channel.CreateBounded<EventItem>(options, Drop);
    }

    public void Write(EventItem item)
    {
        lock (_lock)
        {
            _waiting.Writer.TryWrite(item);
        }
    }

    /// <summary>Nothing comes after what came.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Waits for an event; false at the end.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _waiting.Reader.WaitToReadAsync(cancellation);

    /// <summary>All that waits, in its order, and whether ends that came before it were dropped since the last time.</summary>
    public (IReadOnlyList<EventItem> Items, bool HasMissed) Take()
    {
        lock (_lock)
        {
            List<EventItem> items = [];
            while (_waiting.Reader.TryRead(out var item))
            {
                items.Add(item);
            }

            var hasMissed = _hasMissed;
            _hasMissed = false;
            return (items, hasMissed);
        }
    }

    /// <summary>What is lost of progress, the next progress makes good; ends come once. Within <see cref="Write"/>, hence its lock.</summary>
    private void Drop(EventItem dropped) => _hasMissed |= dropped.Type != EventItem.Progress;
}
