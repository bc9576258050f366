using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace AimmsOrchestrator.Scenarios.Diagnostics;

/// <summary>
/// Checks that a file is text in UTF-8. Nothing is decoded with replacement characters: two names that differ only in a
/// character that cannot be read would become one.
/// </summary>
internal static class Utf8Text
{
    private const string Advice = "save it as UTF-8";

    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xFF, 0xFE, 0, 0], "UTF-32, little-endian"),
        ([0, 0, 0xFE, 0xFF], "UTF-32, big-endian"),
        ([0xFF, 0xFE], "UTF-16, little-endian"),
        ([0xFE, 0xFF], "UTF-16, big-endian"),
    ];

    /// <summary>The text's bytes without a byte order mark; null where they are not UTF-8, with the location of the first that is not.</summary>
    public static ReadOnlyMemory<byte>? Read(string file, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        var start = new SourceLocation(file, 1, 1);
        foreach (var (mark, name) in Marks)
        {
            if (bytes.Span.StartsWith(mark))
            {
                diagnostics.Add(start, $"this is not text in UTF-8 but in {name}; {Advice}");
                return null;
            }
        }

        var text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (Utf16WithoutMark(text.Span) is { } unmarked)
        {
            diagnostics.Add(start, $"this is not text in UTF-8 but in {unmarked} without a byte order mark; {Advice}");
            return null;
        }

        if (!Utf8.IsValid(text.Span))
        {
            var at = FirstInvalid(text.Span);
            diagnostics.Add(
                Locate(file, text.Span, at),
                $"this is not text in UTF-8: the byte 0x{text.Span[at]:X2} (perhaps it is in Latin-1 or Windows-1252); {Advice}"
            );
            return null;
        }

        if (text.Span.IndexOf("\uFFFD"u8) is >= 0 and var lost)
        {
            diagnostics.Warn(
                Locate(file, text.Span, lost),
                "the character U+FFFD stands for one that another program could not read"
            );
        }

        return text;
    }

    /// <summary>The name of the encoding where every second byte of the beginning is zero, as in English text; null otherwise.</summary>
    private static string? Utf16WithoutMark(ReadOnlySpan<byte> text)
    {
        const int Sample = 64;
        var pairs = Math.Min(text.Length, Sample) / 2;
        var (even, odd) = (0, 0);
        for (var i = 0; i < pairs; i++)
        {
            even += text[2 * i] == 0 ? 1 : 0;
            odd += text[(2 * i) + 1] == 0 ? 1 : 0;
        }

        return pairs < 2 ? null
            : odd * 2 > pairs && even == 0 ? "UTF-16, little-endian,"
            : even * 2 > pairs && odd == 0 ? "UTF-16, big-endian,"
            : null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static SourceLocation Locate(string file, ReadOnlySpan<byte> text, int at)
    {
        var before = text[..at];
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return new SourceLocation(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(line) + 1);
    }
}
