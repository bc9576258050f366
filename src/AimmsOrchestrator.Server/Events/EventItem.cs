using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AimmsOrchestrator.Server.Events;

/// <summary>An event as it goes over the wire, once for all listeners.</summary>
/// <param name="Cursor">Where a listener is that has it.</param>
/// <param name="Type"><c>progress</c>, <c>run</c> or <c>end</c>.</param>
/// <param name="Bytes">The event.</param>
internal sealed record EventItem(EventCursor Cursor, string Type, ReadOnlyMemory<byte> Bytes)
{
    public const string Progress = "progress";
    public const string Run = "run";
    public const string End = "end";

    /// <summary>Nothing, to keep the connection open.</summary>
    public static ReadOnlyMemory<byte> Heartbeat { get; } = ": still here\n\n"u8.ToArray();

    public static EventItem Of<T>(EventCursor cursor, string type, T document, JsonTypeInfo<T> json) =>
        // JSON has no line breaks here, which would end the event.
        new(
            cursor,
            type,
            Encoding.UTF8.GetBytes($"id: {cursor}\nevent: {type}\ndata: {JsonSerializer.Serialize(document, json)}\n\n")
        );
}
