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

        var columns = new List<string>();
        var objects = new List<Dictionary<string, Value>>();
        var kinds = new ColumnKinds(file);
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

            var cells = ReadLine(written, new SourceLocation(file, line, 1), diagnostics);
            columns.AddRange(cells.Keys.Except(columns, StringComparer.Ordinal));
            foreach (var (name, value) in cells)
            {
                kinds.Add(name, value, line);
            }

            objects.Add(cells);
        }

        kinds.Warn(diagnostics);
        return diagnostics.Count > before
            ? null
            : new Table(
                columns,
                objects.ConvertAll(cells => columns.ConvertAll(name => cells.GetValueOrDefault(name)))
            );
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
