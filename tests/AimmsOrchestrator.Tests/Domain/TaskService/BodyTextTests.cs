using System.Net.Http.Headers;
using System.Text;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.TaskService;

/// <summary>Bodies in other encodings than UTF-8. The bytes are written out, so that no encoder is tested against itself.</summary>
public sealed class BodyTextTests
{
    [Theory]
    [InlineData("4D E1 6C 61 67 61", "application/json; charset=iso-8859-1", "Málaga")]
    [InlineData("4D E1 6C 61 67 61", "application/json; charset=\"Windows-1252\"", "Málaga")]
    [InlineData("80", "text/plain; charset=windows-1252", "€")]
    [InlineData("93 FA 96 7B", "text/plain; charset=shift_jis", "日本")]
    [InlineData("FF FE 7B 00 E1 00", "application/json; charset=utf-16", "{á")]
    [InlineData("FE FF 00 7B 00 E1", "application/json; charset=utf-16", "{á")]
    [InlineData("00 7B 00 E1", "application/json; charset=utf-16", "{á")]
    [InlineData("7B 00 E1 00", "application/json; charset=utf-16", "{á")]
    [InlineData("7B 00 E1 00", null, "{á")]
    [InlineData("FF FE 00 00 7B 00 00 00", null, "{")]
    [InlineData("EF BB BF 7B C3 A1", "application/json", "{á")]
    [InlineData("EF BB BF 7B C3 A1", "application/json; charset=iso-8859-1", "{á")]
    [InlineData("7B C3 A1", "application/json; charset=UTF-8", "{á")]
    [InlineData("7B C3 A1", null, "{á")]
    public void A_body_is_read_in_the_encoding_that_it_declares(string hex, string? contentType, string expected)
    {
        var text = BodyText.Utf8(Bytes(hex), contentType, out var damage);

        Assert.Equal(expected, Encoding.UTF8.GetString(text.Span));
        Assert.Null(damage);
    }

    [Theory]
    [InlineData("4D E1 6C", null, "it is not text in UTF-8")]
    [InlineData("4D E1 6C", "application/json; charset=utf-8", "it is not text in UTF-8")]
    [InlineData("4D E1", "text/plain; charset=us-ascii", "it is not text in US-ASCII")]
    [InlineData("FF FE 00 D8", "text/plain", "it is not text in UTF-16")]
    [InlineData("41", "text/plain; charset=nonsense", "its charset \"nonsense\" is not known")]
    public void What_cannot_be_read_is_named_and_stays_as_it_came(string hex, string? contentType, string expected)
    {
        _ = BodyText.Utf8(Bytes(hex), contentType, out var damage);

        Assert.Equal(expected, damage);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8; v=1", "application/json")]
    [InlineData("application/json; charset=ISO-8859-1; v=1", "application/json; charset=iso-8859-1")]
    [InlineData("application/json", "application/json")]
    public void A_media_type_keeps_a_charset_that_is_needed(string header, string expected) =>
        Assert.Equal(expected, BodyText.MediaTypeOf(MediaTypeHeaderValue.Parse(header)));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
