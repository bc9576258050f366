using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Reads the parameters and results of the journal. A model's response may be nested to any depth, and what was written
/// must be readable: so memory is the only limit, and what is no text is repaired before it is read.
/// </summary>
public static class LenientJson
{
    private const int EscapeLength = 6;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = int.MaxValue };

    /// <summary>The document; the caller disposes of it.</summary>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(RepairSurrogates(json), Deep);

    /// <summary>The document of UTF-8 bytes, which must not change meanwhile; the caller disposes of it.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(RepairSurrogates(json), Deep);

    /// <summary>
    /// JSON whose texts can be read: an escape of half a surrogate pair, which JSON's grammar allows and no reader accepts,
    /// becomes that of U+FFFD.
    /// </summary>
    public static string RepairSurrogates(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(RepairSurrogates((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json)).Span)
            : json;
    }

    /// <summary>The same for bytes; those that are not UTF-8 become U+FFFD too.</summary>
    public static ReadOnlyMemory<byte> RepairSurrogates(ReadOnlyMemory<byte> json)
    {
        var whole = Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        byte[]? repaired = null;
        for (var at = NextEscape(whole.Span, 0); at >= 0; at = NextEscape(whole.Span, at))
        {
            var unit = Unit(whole.Span, at);
            if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(Unit(whole.Span, at + EscapeLength)))
            {
                at += 2 * EscapeLength;
            }
            else if (char.IsSurrogate(unit))
            {
                repaired ??= whole.ToArray();
                "fffd"u8.CopyTo(repaired.AsSpan(at + 2));
                at += EscapeLength;
            }
            else
            {
                // Also where the character after the backslash is one itself.
                at += 2;
            }
        }

        return repaired ?? whole;
    }

    private static int NextEscape(ReadOnlySpan<byte> json, int from)
    {
        var found = from < json.Length ? json[from..].IndexOf((byte)'\\') : -1;
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The code unit that is spelt <c>\uXXXX</c> at a position; U+0000 where something else stands there.</summary>
    private static char Unit(ReadOnlySpan<byte> json, int at) =>
        json.Length >= at + EscapeLength
        && json[at..].StartsWith(@"\u"u8)
        && ushort.TryParse(
            json.Slice(at + 2, EscapeLength - 2),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var unit
        )
            ? (char)unit
            : '\0';
}
