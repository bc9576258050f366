using System.Globalization;
using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;
using CsvHelper;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// A table in CSV. The first line names the columns; its most frequent character of comma, semicolon and tab is the
/// separator. A cell is a number where it is a decimal number without leading zeros (<c>00123</c> is a code), a boolean
/// where it is <c>true</c> or <c>false</c>, null where it is empty, and text otherwise.
/// </summary>
internal static class CsvTable
{
    public static Table? Read(string file, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetString(bytes.Span).TrimStart('\uFEFF');
        try
        {
            return ReadText(file, text, diagnostics);
        }
        catch (CsvFormatException e)
        {
            diagnostics.Add(
                new SourceLocation(file, (int)Math.Max(1, e.LineNumber), 1),
                $"this is not CSV: {e.Message}"
            );
            return null;
        }
    }

    private static Table? ReadText(string file, string text, DiagnosticBag diagnostics)
    {
        using var reader = CsvReader.FromText(
            text,
            new CsvReaderOptions
            {
                HasHeader = false,
                Separator = Separator(text),
                TrackLineNumbers = true,
                SkipEmptyLines = true,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
            }
        );
        if (!reader.Read())
        {
            diagnostics.Add(new SourceLocation(file, 1, 1), "this file is empty; its first line names the columns");
            return null;
        }

        var columns = Record(reader).ConvertAll(name => name.Trim());
        var rows = new List<IReadOnlyList<Value?>>();
        var before = diagnostics.Count;
        while (reader.Read())
        {
            var record = Record(reader);
            if (record.Count != columns.Count)
            {
                diagnostics.Add(
                    new SourceLocation(file, (int)reader.LineNumber, 1),
                    $"{record.Count} cells in this line, and {columns.Count} columns in the first"
                );
            }

            rows.Add(record.ConvertAll(Cell));
        }

        return diagnostics.Count > before ? null : new Table(columns, rows);
    }

    private static List<string> Record(CsvReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static char Separator(string text)
    {
        var header = text.AsSpan();
        var end = header.IndexOfAny('\r', '\n');
        header = end < 0 ? header : header[..end];
        var (commas, semicolons, tabs) = (header.Count(','), header.Count(';'), header.Count('\t'));
        return tabs > Math.Max(commas, semicolons) ? '\t'
            : semicolons > commas ? ';'
            : ',';
    }

    private static Value? Cell(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return Value.Null;
        }

        var digits = trimmed.TrimStart('-', '+');
        var isCode = digits.Length > 1 && digits[0] == '0' && digits[1] is not ('.' or 'e' or 'E');
        var (kind, json) = CoreSchema.Resolve(trimmed);
        return kind switch
        {
            ScalarKind.Number when !isCode && double.IsFinite(double.Parse(json, CultureInfo.InvariantCulture)) =>
                Value.Number(json),
            ScalarKind.Boolean => json == "true" ? Value.True : Value.False,
            _ => Value.String(text),
        };
    }
}
