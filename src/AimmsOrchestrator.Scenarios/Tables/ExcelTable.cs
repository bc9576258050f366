using System.Globalization;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;
using MiniExcelLibs;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// A sheet of an Excel file. Its first row names the columns. Dates become ISO 8601 texts and empty cells null; empty rows
/// are left out.
/// </summary>
internal static class ExcelTable
{
    public static Table? Read(string file, ReadOnlyMemory<byte> bytes, string? sheet, DiagnosticBag diagnostics)
    {
        try
        {
            return ReadSheet(file, bytes, sheet, diagnostics);
        }
#pragma warning disable CA1031 // A broken workbook throws any exception of its zip or XML reader; all of them mean: not readable.
        catch (Exception e)
#pragma warning restore CA1031
        {
            diagnostics.Add(SourceLocation.Whole(file), $"this Excel file cannot be read: {e.Message}");
            return null;
        }
    }

    private static Table? ReadSheet(string file, ReadOnlyMemory<byte> bytes, string? sheet, DiagnosticBag diagnostics)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        var sheets = stream.GetSheetNames();
        if (sheet is not null && !sheets.Contains(sheet))
        {
            var hint = DidYouMean.Hint(sheet, sheets);
            diagnostics.Add(
                SourceLocation.Whole(file),
                $"there is no sheet \"{sheet}\"{hint} (there is {string.Join(", ", sheets)})"
            );
            return null;
        }

        var columns = new List<string>();
        var rows = new List<IReadOnlyList<Value?>>();
        foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: true, sheetName: sheet))
        {
            if (columns.Count == 0)
            {
                columns.AddRange(row.Keys);
            }

            if (row.Values.Any(cell => cell is not null))
            {
                rows.Add(columns.ConvertAll(column => Cell(row[column])));
            }
        }

        return new Table([.. columns.Select(column => column.Trim())], rows);
    }

    private static Value? Cell(object? cell) =>
        cell switch
        {
            null => Value.Null,
            bool truth => truth ? Value.True : Value.False,
            double number => Value.Number(number),
            DateTime { TimeOfDay.Ticks: 0 } date => Value.String(
                date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            ),
            DateTime time => Value.String(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF", CultureInfo.InvariantCulture)),
            IConvertible other and (int or long or decimal or float) => Value.Number(
                other.ToDouble(CultureInfo.InvariantCulture)
            ),
            _ => Value.String(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? ""),
        };
}
