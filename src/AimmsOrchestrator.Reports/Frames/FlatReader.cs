using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Reports.Frames;

/// <summary>
/// Reads the members of one JSON object after another, by name, without building a tree. Text that is not an object, or is
/// cut off, yields the members before that point.
/// </summary>
/// <param name="names">The members that are wanted.</param>
/// <param name="mostFound">How many other members are added to the names as they appear.</param>
internal sealed class FlatReader(IEnumerable<string> names, int mostFound = 0)
{
    /// <summary>A text that is longer is cut.</summary>
    public const int LongestText = 200;

    private static readonly JsonReaderOptions Lenient = new()
    {
        MaxDepth = int.MaxValue,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly List<byte[]> _keys = [.. names.Select(Encoding.UTF8.GetBytes)];
    private readonly List<string> _names = [.. names];
    private readonly List<FlatValue> _values = [];
    private byte[] _buffer = new byte[1024];
    private int _found;

    /// <summary>The members by name: the wanted ones first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether members were skipped because <c>mostFound</c> had been reached.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The latest object's members, in the order of the names.</summary>
    public IReadOnlyList<FlatValue> Values => _values;

    /// <summary>Reads an object; of two members with one name the later one counts.</summary>
    public void Read(string? json)
    {
        _values.Clear();
        _values.AddRange(Enumerable.Repeat(FlatValue.Absent, _names.Count));
        if (json is null)
        {
            return;
        }

        json = LenientJson.RepairSurrogates(json);
        var most = Encoding.UTF8.GetMaxByteCount(json.Length);
        _buffer = most > _buffer.Length ? new byte[Math.Max(most, 2 * _buffer.Length)] : _buffer;
        try
        {
            ReadObject(_buffer.AsSpan(0, Encoding.UTF8.GetBytes(json, _buffer)));
        }
        catch (JsonException)
        {
            // The members before the error stay.
        }
    }

    private void ReadObject(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Lenient);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(ref reader, expected);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            _values[index] = Value(ref reader, utf8);
            expected = index + 1;
        }
    }

    /// <summary>The index of a member; most objects have their members in one order, so the next one is tried first.</summary>
    private int IndexOf(ref Utf8JsonReader reader, int expected)
    {
        if (expected < _keys.Count && reader.ValueTextEquals(_keys[expected]))
        {
            return expected;
        }

        for (var i = 0; i < _keys.Count; i++)
        {
            if (reader.ValueTextEquals(_keys[i]))
            {
                return i;
            }
        }

        if (_found >= mostFound)
        {
            HasMore = mostFound > 0;
            return -1;
        }

        _found++;
        var name = Unescaped(ref reader);
        _names.Add(name);
        _keys.Add(Encoding.UTF8.GetBytes(name));
        _values.Add(FlatValue.Absent);
        return _keys.Count - 1;
    }

    private static FlatValue Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return FlatValue.Absent;

            case JsonTokenType.Number:
                var text = Short(Encoding.UTF8.GetString(reader.ValueSpan));
                return reader.TryGetDouble(out var number) && double.IsFinite(number)
                    ? new FlatValue(FlatKind.Number, number, text)
                    : new FlatValue(FlatKind.Text, double.NaN, text);

            case JsonTokenType.StartObject
            or JsonTokenType.StartArray:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var raw = utf8[start..(int)reader.BytesConsumed];
                return new FlatValue(FlatKind.Nested, double.NaN, Short(raw));

            default:
                return new FlatValue(FlatKind.Text, double.NaN, Short(Unescaped(ref reader)));
        }
    }

    /// <summary>The text of a string, or a word such as <c>true</c>.</summary>
    private static string Unescaped(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
            ? reader.GetString()!
            : Encoding.UTF8.GetString(reader.ValueSpan);

    /// <summary>A long text is cut; its digest distinguishes texts with the same beginning.</summary>
    private static string Short(string text) =>
        text.Length <= LongestText ? text : Cut(text, Encoding.UTF8.GetBytes(text));

    private static string Short(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= LongestText
            ? Encoding.UTF8.GetString(utf8)
            : Cut(Encoding.UTF8.GetString(utf8[..LongestText]), utf8);

    private static string Cut(string beginning, ReadOnlySpan<byte> whole)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(whole))[..8];
        var end = LongestText - digest.Length - 4;
        end = char.IsHighSurrogate(beginning[Math.Min(end, beginning.Length) - 1]) ? end - 1 : end;
        return $"{beginning[..Math.Min(end, beginning.Length)]}… ({digest})";
    }
}
