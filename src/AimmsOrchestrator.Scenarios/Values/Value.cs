using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Values;

/// <summary>
/// A JSON value as the scenario wrote it: <c>1.0</c> stays <c>1.0</c>. Two values are the same where their RFC 8785 forms
/// are. Each cached form is one reference, so that threads may share a value.
/// </summary>
internal sealed class Value
{
    private readonly byte[] _utf8;
    private string? _text;
    private byte[]? _canonical;
    private StrongBox<JsonElement>? _element;

    private Value(byte[] utf8, string? text)
    {
        _utf8 = utf8;
        _text = text;
    }

    public static Value Null { get; } = new("null"u8.ToArray(), "null");

    public static Value True { get; } = new("true"u8.ToArray(), "true");

    public static Value False { get; } = new("false"u8.ToArray(), "false");

    /// <summary>The value as JSON.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    public bool IsString => _utf8[0] == '"';

    public bool IsComposite => _utf8[0] is (byte)'{' or (byte)'[';

    public bool IsNumber => _utf8[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');

    /// <summary>A string's characters, anything else as JSON: the form for run names and texts.</summary>
    public string Text => _text ??= IsString ? Element.GetString()! : Encoding.UTF8.GetString(_utf8);

    public JsonElement Element =>
        (_element ??= new StrongBox<JsonElement>(JsonElement.Parse(_utf8, JsonDepth.Document))).Value;

    public ReadOnlySpan<byte> Canonical =>
        _canonical ??= IsNumber || IsComposite ? CanonicalJson.Serialize(Element) : _utf8;

    /// <summary>A number for decimal arithmetic; null where it is none, too large, or has more digits than are kept.</summary>
    public decimal? Decimal => IsNumber ? DecimalDigits.Exact(Encoding.ASCII.GetString(_utf8)) : null;

    /// <summary>A number from its JSON digits.</summary>
    public static Value Number(string json) => new(Encoding.ASCII.GetBytes(json), json);

    public static Value Number(double value) => Number(EcmaNumber.Format(value));

    public static Value String(string text)
    {
        var output = new ArrayBufferWriter<byte>(text.Length + 2);
        JsonText.WriteString(output, text);
        return new(output.WrittenSpan.ToArray(), text);
    }

    /// <summary>Any value from its JSON, without whitespace and with as few escapes as possible.</summary>
    public static Value Json(ReadOnlySpan<byte> utf8) => new(utf8.ToArray(), text: null);

    /// <summary>A value from what <see cref="Utf8"/> of such a value was.</summary>
    public static Value Packed(ReadOnlySpan<byte> utf8) =>
        utf8.SequenceEqual(Null._utf8) ? Null
        : utf8.SequenceEqual(True._utf8) ? True
        : utf8.SequenceEqual(False._utf8) ? False
        : Json(utf8);

    /// <summary>Any value from a JSON document; numbers keep their digits.</summary>
    public static Value Of(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Null => Null,
            JsonValueKind.True => True,
            JsonValueKind.False => False,
            JsonValueKind.String => String(element.GetString()!),
            JsonValueKind.Number => Number(element.GetRawText()),
            _ => Json(JsonSerializer.SerializeToUtf8Bytes(element, JsonDepth.Serializer)),
        };

    /// <summary>The value of a run's parameter: its JSON is already in this form, so it is copied and not written anew.</summary>
    public static Value OfParameter(JsonElement element) => Json(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The value of a YAML node that holds no expressions.</summary>
    public static Value Of(Node node)
    {
        if (node is ScalarNode scalar)
        {
            return scalar.Kind switch
            {
                ScalarKind.Null => Null,
                ScalarKind.Boolean => scalar.Json == "true" ? True : False,
                ScalarKind.Number => Number(scalar.Json),
                _ => String(scalar.Text),
            };
        }

        var output = new ArrayBufferWriter<byte>(64);
        new NodeWriter(output).Write(node);
        return new(output.WrittenSpan.ToArray(), text: null);
    }

    public bool Same(Value other) => ReferenceEquals(this, other) || Canonical.SequenceEqual(other.Canonical);
}
