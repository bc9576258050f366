namespace AimmsOrchestrator.Server.Events;

/// <summary>What a listener has missed, or the first part of it.</summary>
/// <param name="Items">The events, in their order.</param>
/// <param name="Cursor">Where a listener is that has them.</param>
/// <param name="HasMore">Whether more has happened already, which comes after the cursor.</param>
internal sealed record EventPage(IReadOnlyList<EventItem> Items, EventCursor Cursor, bool HasMore);
