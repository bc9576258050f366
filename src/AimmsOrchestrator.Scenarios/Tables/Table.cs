using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>A row and the line it stands in; null for a cell that the row does not have.</summary>
internal sealed record TableRow(int Line, IReadOnlyList<Value?> Cells);

/// <summary>A file's columns and rows.</summary>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>Reads the file by its extension; null where it cannot be read, with the reason among the diagnostics.</summary>
    /// <param name="file">The file's name, for its extension.</param>
    /// <param name="location">The file as mistakes name it.</param>
    /// <param name="bytes">What is in it.</param>
    /// <param name="sheet">An Excel file's sheet; null for its first.</param>
    /// <param name="diagnostics">Where diagnostics go.</param>
    public static Table? Read(
        string file,
        SourceLocation location,
        ReadOnlyMemory<byte> bytes,
        string? sheet,
        DiagnosticBag diagnostics
    )
    {
        switch (Path.GetExtension(file).ToUpperInvariant())
        {
            case ".CSV" or ".TSV":
                return CsvTable.Read(location.File, bytes, diagnostics);
            case ".XLSX":
                return ExcelTable.Read(location.File, bytes, sheet, diagnostics);
            case ".JSONL" or ".NDJSON":
                return JsonLinesTable.Read(location.File, bytes, diagnostics);
            default:
                diagnostics.Add(location, "a table is a .csv, .xlsx or .jsonl file");
                return null;
        }
    }
}
