using System.Buffers;
using System.Text;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>JSON strings with the minimal escapes of RFC 8785 (section 3.2.2.2).</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Special = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(code => (char)code),
        '"',
        '\\',
    ]);

    public static void WriteString(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Special) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(rest[..at], output);
            output.Write(Escape(rest[at]));
            rest = rest[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
        output.Write("\""u8);
    }

    private static ReadOnlySpan<byte> Escape(char special) =>
        special switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => Encoding.ASCII.GetBytes($"\\u{(int)special:x4}"),
        };
}
