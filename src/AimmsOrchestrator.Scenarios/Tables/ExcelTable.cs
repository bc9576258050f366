using System.Runtime.InteropServices;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Tables.Workbooks;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Tables;

/// <summary>
/// A sheet of an Excel file. Its first row that is not empty names the columns. Dates become ISO 8601 texts and empty cells
/// null; empty rows are left out.
/// </summary>
internal sealed class ExcelTable
{
    /// <summary>How the container of older and of encrypted Office files begins.</summary>
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0];

    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly PackedRows _rows = new();
    private Value?[] _row = [];
    private readonly ColumnKinds _kinds;
    private Headings? _headings;

    private ExcelTable(string file, DiagnosticBag diagnostics)
    {
        (_file, _diagnostics, _kinds) = (file, diagnostics, new ColumnKinds(file));
    }

    /// <summary>The names of the sheets with cells, in their order; none where the file cannot be read.</summary>
    public static IReadOnlyList<string> Sheets(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = Stream(bytes);
            if (WorkbookLimits.Exceeded(stream) is not null)
            {
                return [];
            }

            stream.Position = 0;
            using var workbook = Workbook.Open(stream);
            return [.. workbook.Sheets];
        }
#pragma warning disable CA1031 // A broken workbook throws any exception of its zip or XML reader: it has no sheets.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    public static Table? Read(string file, ReadOnlyMemory<byte> bytes, string? sheet, DiagnosticBag diagnostics)
    {
        if (bytes.Span.StartsWith(CompoundFile))
        {
            diagnostics.Add(
                SourceLocation.Whole(file),
                "this is no .xlsx workbook: it is encrypted or in the older .xls format; save it as .xlsx without a password"
            );
            return null;
        }

        try
        {
            using var stream = Stream(bytes);
            if (WorkbookLimits.Exceeded(stream) is { } why)
            {
                diagnostics.Add(SourceLocation.Whole(file), why);
                return null;
            }

            stream.Position = 0;
            using var workbook = Workbook.Open(stream);
            return new ExcelTable(file, diagnostics).Read(workbook, sheet);
        }
#pragma warning disable CA1031 // A broken workbook throws any exception of its zip or XML reader; all of them mean: not readable.
        catch (Exception e)
#pragma warning restore CA1031
        {
            diagnostics.Add(SourceLocation.Whole(file), $"this Excel file cannot be read: {e.Message}");
            return null;
        }
    }

    private Table? Read(Workbook workbook, string? sheet)
    {
        var name = sheet ?? workbook.Sheets.FirstOrDefault();
        if (name is null || !workbook.Sheets.Contains(name))
        {
            _diagnostics.Add(
                SourceLocation.Whole(_file),
                name is null
                    ? "this workbook has no sheet of cells"
                    : $"there is no sheet \"{name}\"{DidYouMean.Hint(name, workbook.Sheets)} (there is {string.Join(", ", workbook.Sheets)})"
            );
            return null;
        }

        var before = _diagnostics.Count;
        foreach (var cells in workbook.Rows(name))
        {
            if (!AddRow(cells))
            {
                _diagnostics.Add(At(cells[0]), Table.TooLarge);
                return null;
            }
        }

        if (_headings is null)
        {
            _diagnostics.Add(
                SourceLocation.Whole(_file),
                $"the sheet \"{name}\" is empty; its first row names the columns"
            );
        }

        _kinds.Warn(_diagnostics);
        WarnOfLayout(workbook);
        return _diagnostics.Count > before ? null : new Table(_headings!.Names, _rows.Complete());
    }

    /// <summary>What Excel shows otherwise than the table has it.</summary>
    private void WarnOfLayout(Workbook workbook)
    {
        if (workbook is { HiddenCount: > 0 and var count, FirstHidden: var first })
        {
            _diagnostics.Warn(
                new SourceLocation(_file, first, 1),
                $"row {first}{(count == 1 ? " is" : $" and {count - 1} more are")} hidden, and read like the others"
            );
        }

        if (workbook.FirstMerged is { } range)
        {
            _diagnostics.Warn(
                SourceLocation.Whole(_file),
                $"the cells {range} are merged: only the first of them has the value, the others are empty"
            );
        }
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>Takes the next row; false where the table has become too large.</summary>
    private bool AddRow(IReadOnlyList<SheetCell> cells)
    {
        foreach (var broken in cells.Where(cell => cell.Problem is not null))
        {
            _diagnostics.Add(At(broken), $"{broken.Name} {broken.Problem}");
        }

        if (cells.All(cell => cell.IsEmpty))
        {
            return true;
        }

        if (_headings is null)
        {
            _headings = ReadHeadings(cells);
            _row = new Value?[_headings.Positions.Count];
            return true;
        }

        foreach (var cell in cells.Where(cell => !cell.IsEmpty))
        {
            _headings.Check(cell.Column, At(cell), cell.Name);
        }

        var byColumn = cells.ToDictionary(cell => cell.Column, cell => cell.Value);
        for (var i = 0; i < _row.Length; i++)
        {
            var value = byColumn.GetValueOrDefault(_headings.Positions[i], Value.Null);
            _kinds.Add(_headings.Names[i], value, cells[0].Row);
            _row[i] = value;
        }

        return _rows.Add(_row);
    }

    private Headings ReadHeadings(IReadOnlyList<SheetCell> cells)
    {
        var names = Enumerable.Repeat("", cells.Max(cell => cell.Column) + 1).ToList();
        foreach (var cell in cells.Where(cell => !cell.IsEmpty))
        {
            names[cell.Column] = cell.Value.Text.Trim();
        }

        return new Headings(names, _diagnostics);
    }

    private SourceLocation At(SheetCell cell) => new(_file, cell.Row, cell.Column + 1);
}
