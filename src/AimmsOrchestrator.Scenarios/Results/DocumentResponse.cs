using System.Buffers;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Tables;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>
/// A response that is no JSON, as expressions see it: <c>response.text</c> of any text, <c>response.rows</c> of a CSV text,
/// one object per row by the names in its first line, <c>response.sheets</c> of an Excel file by name, and
/// <c>response.rows</c> of its first sheet; <c>response.rows</c> of a Parquet file.
/// </summary>
internal static class DocumentResponse
{
    /// <summary>Rows of more bytes, as JSON, are left out.</summary>
    public const int MostBytes = 16 << 20;

    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];

    /// <summary>Whether a body is an Excel or a Parquet file by its first bytes: then it is no text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> body) => IsWorkbook(body) || ParquetResponse.IsParquet(body);

    private static bool IsWorkbook(ReadOnlySpan<byte> body) => body.StartsWith(Zip);

    /// <summary>As JSON; null where the body is neither text nor an Excel or a Parquet file, or claims to be JSON.</summary>
    /// <param name="body">The body, as UTF-8 where it is text.</param>
    /// <param name="mediaType">Its media type; null where that is not known.</param>
    public static byte[]? ToJson(ReadOnlyMemory<byte> body, string? mediaType)
    {
        if (mediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            if (IsWorkbook(body.Span))
            {
                WriteSheets(writer, body);
            }
            else if (ParquetResponse.IsParquet(body.Span))
            {
                if (!ParquetResponse.TryWriteRows(writer, body, MostBytes))
                {
                    return null;
                }
            }
            else if (System.Text.Unicode.Utf8.IsValid(body.Span) && body.Span.IndexOf((byte)0) < 0)
            {
                WriteText(writer, body, mediaType);
            }
            else
            {
                return null;
            }

            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlyMemory<byte> body, string? mediaType)
    {
        writer.WriteString("text", body.Span);
        var isCsv = mediaType is not null && (Has("csv") || Has("tab-separated"));
        if ((isCsv || SeemsCsv(body.Span)) && CsvTable.Read("response", body, new DiagnosticBag()) is { } table)
        {
            WriteRows(writer, "rows", table);
        }

        bool Has(string word) => mediaType.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static void WriteSheets(Utf8JsonWriter writer, ReadOnlyMemory<byte> body)
    {
        var tables = ExcelTable
            .Sheets(body)
            .Select(name => (Name: name, Table: ExcelTable.Read("response", body, name, new DiagnosticBag())))
            .Where(sheet => sheet.Table is not null)
            .ToList();
        if (tables.Count > 0)
        {
            WriteRows(writer, "rows", tables[0].Table!);
        }

        writer.WriteStartObject("sheets");
        foreach (var (name, table) in tables)
        {
            WriteRows(writer, name, table!);
        }

        writer.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter writer, string name, Table table)
    {
        var before = writer.BytesCommitted + writer.BytesPending;
        writer.WriteStartArray(name);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (writer.BytesCommitted + writer.BytesPending - before > MostBytes)
            {
                break;
            }

            writer.WriteStartObject();
            var cells = table.Rows[row];
            while (cells.MoveNext())
            {
                writer.WritePropertyName(table.Columns[cells.Column]);
                writer.WriteRawValue(cells.Json, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Whether the first line has a separator, and there is a second one.</summary>
    private static bool SeemsCsv(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end > 0 && end < text.Length - 1 && text[..end].IndexOfAny(",;\t"u8) > 0 && text[0] != (byte)'<';
    }
}
