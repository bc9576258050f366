namespace AimmsOrchestrator.Server.Events;

/// <summary>Events that are read once for all who listen to them.</summary>
internal abstract class EventFeed
{
    private readonly Lock _beginning = new();
    private bool _hasBegun;

    public EventFan Fan { get; } = new();

    /// <summary>Whether nothing comes any more.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>What a listener needs that has just come, or has missed events. What happens from then on is published.</summary>
    /// <param name="cursor">The last that it had; null for one that comes for the first time.</param>
    public EventPage Since(EventCursor? cursor)
    {
        BeginOnce();
        return Read(cursor);
    }

    /// <summary>Publishes what happens until there is no listener, or nothing more to tell; called again, it continues.</summary>
    public Task RunAsync(CancellationToken cancellation)
    {
        BeginOnce();
        return PublishAsync(cancellation);
    }

    /// <summary>Finds from where on it publishes: before anything is read for its first listener, so that there is no gap.</summary>
    protected abstract void Begin();

    protected abstract EventPage Read(EventCursor? cursor);

    protected abstract Task PublishAsync(CancellationToken cancellation);

    private void BeginOnce()
    {
        lock (_beginning)
        {
            if (!_hasBegun)
            {
                Begin();
                _hasBegun = true;
            }
        }
    }
}
