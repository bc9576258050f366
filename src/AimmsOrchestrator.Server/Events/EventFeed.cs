namespace AimmsOrchestrator.Server.Events;

/// <summary>Events that are read once for all who listen to them.</summary>
internal abstract class EventFeed
{
    public EventFan Fan { get; } = new();

    /// <summary>Whether nothing comes any more.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>What a listener that has just come needs.</summary>
    /// <param name="cursor">The last that it had; null for one that comes for the first time.</param>
    public abstract IReadOnlyList<EventItem> Since(EventCursor? cursor);

    /// <summary>Publishes what happens until there is no listener, or nothing more to tell.</summary>
    public abstract Task RunAsync(CancellationToken cancellation);
}
