using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator.Models;
using CsvHelper;
using SpreadCheetah;

namespace AimmsOrchestrator.Batches.Services;

/// <summary>Writes an answer that is JSON as CSV or as an Excel file: a list of objects, one row each.</summary>
internal static class AnswerFormats
{
    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly CsvWriterOptions Rfc4180 = new() { FormatProvider = CultureInfo.InvariantCulture };

    /// <param name="format"><c>json</c>, <c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="json">The answer.</param>
    public static async Task<OwnAnswer> WriteAsync(string format, byte[] json)
    {
        if (format == "json")
        {
            return new OwnAnswer(json, "application/json");
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var rows = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
        if (rows.Exists(row => row.ValueKind != JsonValueKind.Object))
        {
            return new OwnAnswer(null, null)
            {
                Error = $"{format} is written from a list of objects, and the answer is none",
            };
        }

        var names = rows.SelectMany(row => row.EnumerateObject()).Select(member => member.Name).Distinct().ToList();
        return format == "csv"
            ? new OwnAnswer(Csv(names, rows), "text/csv")
            : new OwnAnswer(await ExcelAsync(names, rows), ExcelType);
    }

    private static byte[] Csv(List<string> names, List<JsonElement> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, Rfc4180, leaveOpen: true))
        {
            names.ForEach(name => csv.WriteField(name));
            csv.EndRecord();
            foreach (var row in rows)
            {
                names.ForEach(name => csv.WriteField(Text(row, name)));
                csv.EndRecord();
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<byte[]> ExcelAsync(List<string> names, List<JsonElement> rows)
    {
        using var file = new MemoryStream();
        await using (var workbook = await Spreadsheet.CreateNewAsync(file))
        {
            await workbook.StartWorksheetAsync("answer");
            await workbook.AddRowAsync(names.ConvertAll(name => new DataCell(name)));
            foreach (var row in rows)
            {
                await workbook.AddRowAsync(names.ConvertAll(name => CellOf(row, name)));
            }

            await workbook.FinishAsync();
        }

        return file.ToArray();
    }

    private static DataCell CellOf(JsonElement row, string name) =>
        !row.TryGetProperty(name, out var value) ? default
        : value.ValueKind == JsonValueKind.Number ? new DataCell(value.GetDouble())
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? new DataCell(value.GetBoolean())
        : new DataCell(Text(row, name));

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";
}
