using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Tables.Workbooks;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>A file's columns and rows.</summary>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">Its rows, complete.</param>
internal sealed record Table(IReadOnlyList<string> Columns, PackedRows Rows)
{
    /// <summary>The most columns: those of an Excel sheet.</summary>
    public const int MaxColumns = WorkbookLimits.MaxColumns;

    /// <summary>The message for a table of more columns.</summary>
    public const string TooManyColumns = "a table has 16,384 columns at most";

    /// <summary>The message for a table whose values take more than <see cref="PackedRows.MaxBytes"/>.</summary>
    public const string TooLarge = "the values of a table take 160 MB at most; make several tables of it";

    /// <summary>Reads the file by its extension; null where it cannot be read, with the reason among the diagnostics.</summary>
    /// <param name="file">The file's name, for its extension.</param>
    /// <param name="location">The file as diagnostics name it.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="sheet">The sheet of an Excel file; null for its first.</param>
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
