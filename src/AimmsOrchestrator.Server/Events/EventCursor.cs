using System.Globalization;
using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Server.Events;

/// <summary>Where a listener is: the end that it saw last, of a run in a batch's events and of a batch in those of all.</summary>
/// <param name="At">When that ended.</param>
/// <param name="Number">Which of those that ended at the same moment.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventCursor(DateTimeOffset At, long Number) : IComparable<EventCursor>
{
    public static EventCursor Start => new(DateTimeOffset.MinValue, -1);

    /// <summary>After all that ended before a moment, which is cut to the millisecond as the journal cuts it.</summary>
    public static EventCursor Until(DateTimeOffset moment) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds()), -1);

    /// <summary>The cursor of a <c>Last-Event-ID</c>; null where it is none of this server's.</summary>
    public static EventCursor? Parse(string? text) =>
        text?.Split('-') is [var at, var number]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new EventCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), index)
            : null;

    public int CompareTo(EventCursor other) =>
        At.CompareTo(other.At) is var byTime and not 0 ? byTime : Number.CompareTo(other.Number);

    public static bool operator >(EventCursor one, EventCursor other) => one.CompareTo(other) > 0;

    public static bool operator <(EventCursor one, EventCursor other) => one.CompareTo(other) < 0;

    public static bool operator >=(EventCursor one, EventCursor other) => one.CompareTo(other) >= 0;

    public static bool operator <=(EventCursor one, EventCursor other) => one.CompareTo(other) <= 0;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Max(0, At.ToUnixTimeMilliseconds())}-{Math.Max(0, Number)}"
        );
}
