using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>
/// JSON in its canonical form by RFC 8785: members sorted by their UTF-16 code units, numbers as ECMAScript prints them,
/// no whitespace (<see href="https://www.rfc-editor.org/rfc/rfc8785"/>).
/// </summary>
internal static class CanonicalJson
{
    public static byte[] Serialize(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>(64);
        Write(output, element);
        return output.WrittenSpan.ToArray();
    }

    public static void Write(IBufferWriter<byte> output, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, element);
                break;
            case JsonValueKind.Array:
                WriteArray(output, element);
                break;
            case JsonValueKind.String:
                JsonText.WriteString(output, element.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteNumber(output, element.GetDouble());
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    public static void WriteNumber(IBufferWriter<byte> output, double number) =>
        output.Advance(EcmaNumber.Write(number, output.GetSpan(EcmaNumber.MaxLength)));

    private static void WriteObject(IBufferWriter<byte> output, JsonElement element)
    {
        var separator = "{"u8;
        foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            output.Write(separator);
            JsonText.WriteString(output, member.Name);
            output.Write(":"u8);
            Write(output, member.Value);
            separator = ","u8;
        }

        output.Write(separator[0] == '{' ? "{}"u8 : "}"u8);
    }

    private static void WriteArray(IBufferWriter<byte> output, JsonElement element)
    {
        var separator = "["u8;
        foreach (var item in element.EnumerateArray())
        {
            output.Write(separator);
            Write(output, item);
            separator = ","u8;
        }

        output.Write(separator[0] == '[' ? "[]"u8 : "]"u8);
    }
}
