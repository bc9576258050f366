using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>A table in JSON lines: one object per line. A run lacks the parameters that its object lacks.</summary>
internal static class JsonLinesTable
{
    public static Table? Read(string file, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        if (Utf8Text.Read(file, bytes, diagnostics) is not { } text)
        {
            return null;
        }

        var table = new Columns(file, diagnostics);
        var line = 0;
        for (var rest = text; !rest.IsEmpty; )
        {
            line++;
            var end = rest.Span.IndexOf((byte)'\n');
            var written = end < 0 ? rest : rest[..end];
            rest = end < 0 ? ReadOnlyMemory<byte>.Empty : rest[(end + 1)..];
            if (written.Span.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            var location = new SourceLocation(file, line, 1);
            if (!table.Add(ReadLine(written, location, diagnostics), location))
            {
                return null;
            }
        }

        return diagnostics.Count > before ? null : table.Complete();
    }

    /// <summary>The rows so far, by columns in the order in which they first occur.</summary>
    private sealed class Columns(string file, DiagnosticBag diagnostics)
    {
        private readonly OrderedDictionary<string, int> _columns = new(StringComparer.Ordinal);
        private readonly ColumnKinds _kinds = new(file);
        private readonly PackedRows _rows = new();
        private Value?[] _row = [];

        public bool Add(Dictionary<string, Value> cells, SourceLocation location)
        {
            Array.Clear(_row);
            foreach (var (name, value) in cells)
            {
                if (!_columns.TryGetValue(name, out var column))
                {
                    _columns.Add(name, column = _columns.Count);
                }

                if (column == Table.MaxColumns)
                {
                    diagnostics.Add(location, Table.TooManyColumns);
                    return false;
                }

                if (column >= _row.Length)
                {
                    Array.Resize(ref _row, Math.Max(8, 2 * _row.Length));
                }

                _kinds.Add(name, value, location.Line);
                _row[column] = value;
            }

            if (_rows.Add(_row))
            {
                return true;
            }

            diagnostics.Add(location, Table.TooLarge);
            return false;
        }

        public Table Complete()
        {
            _kinds.Warn(diagnostics);
            return new Table([.. _columns.Keys], _rows.Complete());
        }
    }

    private static Dictionary<string, Value> ReadLine(
        ReadOnlyMemory<byte> text,
        SourceLocation location,
        DiagnosticBag diagnostics
    )
    {
        var cells = new Dictionary<string, Value>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(text, JsonDepth.Document);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                diagnostics.Add(location, "a line of a table is a JSON object, as in {\"freight\": 90}");
                return cells;
            }

            if (NumberRange.FirstBeyond(document.RootElement) is { } number)
            {
                diagnostics.Add(location, $"{number} is beyond the range of numbers");
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!cells.TryAdd(member.Name, Value.Of(member.Value)))
                {
                    diagnostics.Add(location, $"\"{member.Name}\" appears twice in this object");
                }
            }
        }
        catch (JsonException e)
        {
            var at = Math.Min(text.Length, (int)(e.BytePositionInLine ?? 0));
            diagnostics.Add(
                location.Offset(Encoding.UTF8.GetCharCount(text.Span[..at])),
                $"this is not JSON: {e.Message.Split(" LineNumber:", 2)[0]}"
            );
        }
        catch (InvalidOperationException)
        {
            diagnostics.Add(location, JsonReader.HalfPair);
        }

        return cells;
    }
}
