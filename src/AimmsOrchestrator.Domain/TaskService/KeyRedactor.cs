using System.Text;
using System.Text.RegularExpressions;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>
/// Replaces a key with stars in whatever others wrote: a service, a gateway or a proxy may echo the request. It finds the key
/// as it is, percent-encoded, escaped for JSON or HTML, in base64 and in hexadecimal. Redact before cutting: a part of a key
/// is no longer found.
/// </summary>
public sealed class KeyRedactor
{
    /// <summary>What stands in the place of a key.</summary>
    public const string Stars = "***";

    /// <summary>Bytes are searched in pieces of this size, with an overlap longer than any spelling of a key.</summary>
    private const int Piece = 1 << 20;

    private readonly Regex? _spellings;
    private readonly int _overlap;

    /// <param name="key">The key; null where there is none, and nothing to replace.</param>
    public KeyRedactor(ApiKey? key)
    {
        if (key is not null)
        {
            _spellings = new Regex(
                KeySpellings.PatternOf(key.Reveal()),
                RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                matchTimeout: TimeSpan.FromMilliseconds(PatternLimit.Milliseconds)
            );
            _overlap = KeySpellings.LongestPerCharacter * key.Reveal().Length;
        }
    }

    /// <summary>For a service without a key: every text stays as it is.</summary>
    public static KeyRedactor None { get; } = new(key: null);

    /// <summary>The text without the key; null for null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        if (_spellings is null || string.IsNullOrEmpty(text))
        {
            return text;
        }

        try
        {
            return _spellings.Replace(text, Stars);
        }
        catch (RegexMatchTimeoutException)
        {
            // Not seen to happen: the alternatives exclude each other. A text that cannot be searched is not shown.
            return Stars;
        }
    }

    /// <summary>Whether the bytes hold the key, as ASCII text of any spelling.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        if (_spellings is null)
        {
            return false;
        }

        for (var start = 0; start < bytes.Length; start += Piece)
        {
            var piece = bytes.Slice(start, Math.Min(Piece + _overlap, bytes.Length - start));
            if (_spellings.IsMatch(Encoding.Latin1.GetString(piece)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes without the key: the same memory where they do not hold it.</summary>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> bytes) =>
        // Latin-1 takes every byte to one character and back.
        IsIn(bytes.Span) ? Encoding.Latin1.GetBytes(Redact(Encoding.Latin1.GetString(bytes.Span))) : bytes;
}
