using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Tests.Scenarios.Diagnostics;

public sealed class Utf8TextTests
{
    private static readonly Dictionary<string, Encoding> Encodings = new(StringComparer.Ordinal)
    {
        ["utf-16le with a mark"] = new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        ["utf-16be with a mark"] = new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        ["utf-32le with a mark"] = new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        ["utf-16le"] = new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        ["utf-16be"] = new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
    };

    [Theory]
    [InlineData("utf-16le with a mark", "in UTF-16, little-endian; save it as UTF-8")]
    [InlineData("utf-16be with a mark", "in UTF-16, big-endian; save it as UTF-8")]
    [InlineData("utf-32le with a mark", "in UTF-32, little-endian; save it as UTF-8")]
    [InlineData("utf-16le", "in UTF-16, little-endian, without a byte order mark; save it as UTF-8")]
    [InlineData("utf-16be", "in UTF-16, big-endian, without a byte order mark; save it as UTF-8")]
    public void Another_encoding_is_named(string name, string expected)
    {
        var encoding = Encodings[name];
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"city\":\"Málaga\"}")];

        var (text, diagnostic) = Read(bytes);

        Assert.Null(text);
        Assert.Equal($"t.json:1:1: this is not text in UTF-8 but {expected}", diagnostic);
    }

    [Fact]
    public void The_first_byte_that_is_not_utf8_is_located_in_characters()
    {
        byte[] bytes = [.. "ü\nüü"u8, 0xE9, .. "x\n"u8];

        var (text, diagnostic) = Read(bytes);

        Assert.Null(text);
        Assert.StartsWith("t.json:2:3: this is not text in UTF-8: the byte 0xE9", diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_cut_within_a_character_is_not_utf8()
    {
        var (_, diagnostic) = Read("ab€"u8[..^1].ToArray());

        Assert.StartsWith("t.json:1:3: this is not text in UTF-8: the byte 0xE2", diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_left_out()
    {
        var (text, diagnostic) = Read([.. Encoding.UTF8.Preamble, .. "é"u8]);

        Assert.Equal("é", text);
        Assert.Null(diagnostic);
    }

    private static (string? Text, string? Diagnostic) Read(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        var text = Utf8Text.Read("t.json", bytes, diagnostics);
        return (
            text is { } utf8 ? Encoding.UTF8.GetString(utf8.Span) : null,
            diagnostics.Errors().SingleOrDefault()?.ToString()
        );
    }
}
