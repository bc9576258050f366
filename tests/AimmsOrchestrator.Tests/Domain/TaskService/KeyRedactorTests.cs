using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AimmsOrchestrator.Domain.TaskService;
using CsCheck;

namespace AimmsOrchestrator.Tests.Domain.TaskService;

/// <summary>Texts of others that hold the key.</summary>
public sealed class KeyRedactorTests
{
    // The shape of a real key: base64 of 32 bytes.
    private const string Key = "q8fK+2Jd/7wXz0LrT5vYh1nMEo3uGpBsCa9iRtZkW4c=";

    private static readonly KeyRedactor Redactor = new(new ApiKey(Key));

    public static TheoryData<string> Spellings =>
        [
            Key,
            Uri.EscapeDataString(Key),
            Uri.EscapeDataString(Key).Replace("%2B", "%2b", StringComparison.Ordinal),
            Uri.EscapeDataString(Uri.EscapeDataString(Key)),
            JsonSerializer.Serialize(Key),
            JsonSerializer.Serialize(JsonSerializer.Serialize(Key)),
            Key.Replace("/", "\\/", StringComparison.Ordinal),
            JavaScriptEncoder.Default.Encode(Key),
            HtmlEncoder.Default.Encode(Key),
            Key.Replace("+", "&#43;", StringComparison.Ordinal).Replace("=", "&#061;", StringComparison.Ordinal),
            string.Concat(Key.Select(c => $"&#x{(int)c:x};")),
            string.Concat(Key.Select(c => $"%{(int)c:X2}")),
            string.Concat(Key.Select(c => $"\\u{(int)c:x4}")),
            Convert.ToHexString(Encoding.UTF8.GetBytes(Key)),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Key)),
        ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_key_is_replaced_in_whatever_spelling_it_comes(string spelling)
    {
        var text = Redactor.Redact($"apikey: {spelling}, denied");

        Assert.Equal(
            "apikey: ***, denied",
            text.Replace("\"", "", StringComparison.Ordinal).Replace("\\u0022", "", StringComparison.Ordinal)
        );
        Assert.True(Redactor.IsIn(Encoding.UTF8.GetBytes($"[\"é\", \"{spelling}\"]")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("u:")]
    [InlineData("me:")]
    [InlineData("user:")]
    public void A_key_in_base64_is_found_at_each_alignment(string before)
    {
        var bytes = Encoding.UTF8.GetBytes($"{before}{Key}\r\n");
        var text = $"Basic {Convert.ToBase64String(bytes)} was refused";

        var redacted = Redactor.Redact(text);

        Assert.Contains(KeyRedactor.Stars, redacted, StringComparison.Ordinal);
        Assert.True(redacted.Length < text.Length - 50, redacted);
        Assert.Contains("***", Redactor.Redact(text.Replace('+', '-').Replace('/', '_')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the key was q8fK+2Jd/7wXz0LrT5vYh1nMEo3u")]
    [InlineData("the key was q8fK+2Jd/7wXz0LrT5vYh1nMEo3u…")]
    [InlineData("{\"message\":\"the key was q8fK+2Jd/7wXz0L...\"}")]
    public void The_beginning_of_a_key_that_others_cut_off_is_replaced(string text)
    {
        Assert.Contains("the key was ***", Redactor.Redact(text), StringComparison.Ordinal);
        Assert.DoesNotContain("q8fK", Redactor.Redact(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q8fK is the beginning of many things")]
    [InlineData("an error without any secret: 404 &#43; %2B \\u002b")]
    public void A_text_without_the_key_stays_as_it_is(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Fact]
    public void Without_a_key_every_text_stays_as_it_is()
    {
        Assert.Equal(Key, KeyRedactor.None.Redact(Key));
        Assert.Null(KeyRedactor.None.Redact((string?)null));
        Assert.False(KeyRedactor.None.IsIn(Encoding.UTF8.GetBytes(Key)));
    }

    [Fact]
    public void Bytes_keep_everything_but_the_key_and_are_the_same_memory_without_it()
    {
        byte[] before = [0xFF, 0x00, .. "\"é"u8];
        byte[] with = [.. before, .. Encoding.UTF8.GetBytes(Key), 0xFE];

        Assert.Equal([.. before, .. "***"u8, 0xFE], Redactor.Redact(with).ToArray());
        Assert.True(Redactor.Redact(before.AsMemory()).Equals(before.AsMemory()));
    }

    [Fact]
    public void A_key_is_found_in_a_large_answer_wherever_it_lies() =>
        Gen.Int[0, (1 << 20) + 200]
            .Sample(
                place =>
                {
                    var bytes = new byte[(1 << 20) + 300];
                    Encoding.UTF8.GetBytes(Key).CopyTo(bytes, place);
                    return Redactor.IsIn(bytes);
                },
                iter: 30
            );

    [Fact]
    public void Any_key_is_found_in_the_spellings_of_common_encoders() =>
        Gen.Char[' ', '~']
            .Array[1, 60]
            .Select(chars => new string(chars))
            .Where(key => !string.IsNullOrWhiteSpace(key))
            .Sample(key =>
            {
                var redactor = new KeyRedactor(new ApiKey(key));
                string[] spellings =
                [
                    key,
                    Uri.EscapeDataString(key),
                    WebUtility.UrlEncode(key),
                    JavaScriptEncoder.Default.Encode(key),
                    JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key),
                    WebUtility.HtmlEncode(key),
                    HtmlEncoder.Default.Encode(key),
                ];
                return spellings.All(spelling => redactor.IsIn(Encoding.UTF8.GetBytes($"<{spelling}>")));
            });
}
