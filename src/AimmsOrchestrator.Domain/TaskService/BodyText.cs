using System.Net.Http.Headers;
using System.Text;

namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>
/// The text of a body as UTF-8. A byte order mark says which encoding it is in (RFC 8259 section 8.1 lets a reader ignore
/// it); otherwise the charset that its <c>Content-Type</c> declares; otherwise it is UTF-8.
/// </summary>
public static class BodyText
{
    private static readonly Encoding[] Marked =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>The text as UTF-8, without a byte order mark.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="contentType">The <c>Content-Type</c>; null where there is none.</param>
    /// <param name="damage">Which bytes cannot be read as text, in words; null where all can. The text then has the bytes as they came.</param>
    public static ReadOnlyMemory<byte> Utf8(ReadOnlyMemory<byte> body, string? contentType, out string? damage)
    {
        damage = null;
        if (Array.Find(Marked, encoding => body.Span.StartsWith(encoding.Preamble)) is { } marked)
        {
            return Decoded(body[marked.Preamble.Length..], marked, ref damage);
        }

        var charset = CharsetOf(contentType);
        if (charset is null && body.Span is [0, _, ..] or [_, 0, ..])
        {
            charset = "utf-16";
        }

        if (charset is null or "utf-8" or "utf8")
        {
            damage = System.Text.Unicode.Utf8.IsValid(body.Span) ? null : "it is not text in UTF-8";
            return body;
        }

        if (EncodingOf(charset, body.Span) is { } declared)
        {
            return Decoded(body, declared, ref damage);
        }

        damage = $"its charset \"{charset}\" is not known";
        return body;
    }

    /// <summary>A <c>Content-Type</c> with its charset where that is not UTF-8, and without other parameters.</summary>
    public static string? MediaTypeOf(MediaTypeHeaderValue? header) =>
        CharsetOf(header?.ToString()) is { } charset and not ("utf-8" or "utf8" or "us-ascii")
            ? $"{header!.MediaType}; charset={charset}"
            : header?.MediaType;

    private static string? CharsetOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.CharSet?.Trim('"', ' ').ToLowerInvariant() is { Length: > 0 } charset
            ? charset
            : null;

    private static Encoding? EncodingOf(string charset, ReadOnlySpan<byte> body)
    {
        if (charset is "utf-16" or "utf16")
        {
            // Without a mark its first character tells, which is an ASCII one in JSON.
            charset = body is [0, ..] ? "utf-16BE" : "utf-16LE";
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(
                    charset,
                    EncoderFallback.ExceptionFallback,
                    DecoderFallback.ExceptionFallback
                )
                ?? Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Decoded(ReadOnlyMemory<byte> body, Encoding encoding, ref string? damage)
    {
        try
        {
            return encoding is UTF8Encoding && System.Text.Unicode.Utf8.IsValid(body.Span)
                ? body
                : Encoding.UTF8.GetBytes(encoding.GetString(body.Span));
        }
        catch (DecoderFallbackException)
        {
            damage = $"it is not text in {encoding.WebName.ToUpperInvariant()}";
            return body;
        }
    }
}
