using System.Globalization;
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

    /// <summary>The most values of a document: each takes some 170 bytes of memory, whatever it takes in the file.</summary>
    private const int MaxValues = 2_500_000;

    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DiagnosticBag _diagnostics;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _column = 1;
    private int _seen;
    private int _values;

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
        catch (TooManyValuesException)
        {
            diagnostics.Add(
                reader.Here(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"this document has more than {MaxValues:N0} values, the most that are read"
                )
            );
            return null;
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
        if (++_values > MaxValues)
        {
            throw new TooManyValuesException();
        }

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
        // From the previous token on: a document of one line would otherwise be searched anew for each of its tokens.
        var at = (int)_reader.TokenStartIndex;
        var passed = _bytes[_seen..at];
        if (passed.LastIndexOf((byte)'\n') is >= 0 and var newline)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(newline + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _seen = at;
        return new SourceLocation(_file, _line, _column);
    }

    private sealed class TooManyValuesException : Exception;
}
