namespace AimmsOrchestrator.Server.Events;

/// <summary>Gives events to any number of listeners, who do not wait for each other: one that is slow misses the oldest.</summary>
internal sealed class EventFan
{
    private readonly Lock _lock = new();
    private readonly List<EventListener> _listeners = [];
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

    public EventListener Subscribe()
    {
        var listener = new EventListener();
        lock (_lock)
        {
            if (_isComplete)
            {
                listener.Complete();
            }

            _listeners.Add(listener);
        }

        return listener;
    }

    public void Unsubscribe(EventListener listener)
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
            _listeners.ForEach(listener => listener.Write(item));
        }
    }

    /// <summary>Nothing comes after what came.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _listeners.ForEach(listener => listener.Complete());
        }
    }
}
