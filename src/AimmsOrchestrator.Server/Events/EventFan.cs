using System.Threading.Channels;

namespace AimmsOrchestrator.Server.Events;

/// <summary>Gives events to any number of listeners, who do not wait for each other: one that is slow misses the oldest.</summary>
internal sealed class EventFan
{
    /// <summary>Events that wait for a slow listener; what is lost of them, the next progress makes good.</summary>
    private const int MostWaiting = 256;

    private readonly Lock _lock = new();
    private readonly List<Channel<EventItem>> _listeners = [];
    private bool _isComplete;

    public int Listeners
    {
        get
        {
            lock (_lock)
            {
                return _listeners.Count;
            }
        }
    }

    public Channel<EventItem> Subscribe()
    {
        var listener = Channel.CreateBounded<EventItem>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        lock (_lock)
        {
            if (_isComplete)
            {
                listener.Writer.TryComplete();
            }

            _listeners.Add(listener);
        }

        return listener;
    }

    public void Unsubscribe(Channel<EventItem> listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
        }
    }

    public void Publish(EventItem item)
    {
        lock (_lock)
        {
            _listeners.ForEach(listener => listener.Writer.TryWrite(item));
        }
    }

    /// <summary>Nothing comes after what came.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _listeners.ForEach(listener => listener.Writer.TryComplete());
        }
    }
}
