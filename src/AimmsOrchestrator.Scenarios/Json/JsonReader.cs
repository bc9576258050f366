using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Json;

/// <summary>Reads a JSON file into the same nodes as YAML, numbers digit by digit, each with its line and column.</summary>
internal ref struct JsonReader
{
    /// <summary>The message for a text that has half of a surrogate pair.</summary>
    public const string HalfPair = "this is not JSON: a text has half of a surrogate pair, as \\ud83d alone is";

    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DiagnosticBag _diagnostics;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _lineStart;
    private int _seen;

    private JsonReader(string file, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        _file = file;
        _bytes = bytes;
        _diagnostics = diagnostics;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = JsonDepth.Max });
    }

    /// <summary>The document; null where it is not JSON, with the reason among the diagnostics.</summary>
    public static Node? Read(string file, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        if (Utf8Text.Read(file, bytes, diagnostics) is not { } text)
        {
            return null;
        }

        var reader = new JsonReader(file, text.Span, diagnostics);
        try
        {
            reader._reader.Read();
            var root = reader.ReadNode();
            reader._reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var location = new SourceLocation(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            var why = e.Message.Split(" LineNumber:", 2)[0];
            diagnostics.Add(location, $"this is not JSON: {why}");
            return null;
        }
    }

    private Node ReadNode()
    {
        var location = Here();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(location);
            case JsonTokenType.StartArray:
                return ReadArray(location);
            case JsonTokenType.String:
                return new ScalarNode(location, ScalarKind.String, Text(location), "", 1);
            case JsonTokenType.Number:
                var digits = Encoding.ASCII.GetString(_reader.ValueSpan);
                return new ScalarNode(location, ScalarKind.Number, digits, digits, 0);
            case JsonTokenType.Null:
                return ScalarNode.Null(location);
            default:
                var word = _reader.TokenType == JsonTokenType.True ? "true" : "false";
                return new ScalarNode(location, ScalarKind.Boolean, word, word, 0);
        }
    }

    private MappingNode ReadObject(SourceLocation location)
    {
        var members = new List<Member>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var at = Here();
            var key = new ScalarNode(at, ScalarKind.String, Text(at), "", 1);
            _reader.Read();
            var value = ReadNode();
            if (names.Add(key.Text))
            {
                members.Add(new Member(key, value));
            }
            else
            {
                _diagnostics.Add(at, $"\"{key.Text}\" appears twice in this object");
            }
        }

        return new MappingNode(location, members);
    }

    private SequenceNode ReadArray(SourceLocation location)
    {
        var items = new List<Node>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode());
        }

        return new SequenceNode(location, items);
    }

    /// <summary>The text here. The parser accepts half of a surrogate pair, as in <c>"\ud83d"</c>; this is a diagnostic.</summary>
    private readonly string Text(SourceLocation location)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            _diagnostics.Add(location, HalfPair);
            return "";
        }
    }

    private SourceLocation Here()
    {
        var at = (int)_reader.TokenStartIndex;
        while (_bytes[_seen..at].IndexOf((byte)'\n') is >= 0 and var newline)
        {
            _seen += newline + 1;
            _lineStart = _seen;
            _line++;
        }

        return new SourceLocation(_file, _line, Encoding.UTF8.GetCharCount(_bytes[_lineStart..at]) + 1);
    }
}
