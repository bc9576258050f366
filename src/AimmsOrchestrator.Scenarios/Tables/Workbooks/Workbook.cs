using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>An Excel file. Its sheets are read row by row; only the texts that cells share are in memory.</summary>
internal sealed class Workbook : IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly Dictionary<string, WorksheetPart> _sheets = new(StringComparer.Ordinal);
    private readonly CellReader _cells;

    private Workbook(SpreadsheetDocument document)
    {
        _document = document;
        _workbook = document.WorkbookPart ?? throw new InvalidDataException("it has no workbook in it");
        foreach (var sheet in _workbook.Workbook.Descendants<Sheet>())
        {
            // A sheet of a chart has no cells.
            if (sheet is { Name.Value: { } name, Id.Value: { } id } && _workbook.GetPartById(id) is WorksheetPart part)
            {
                _sheets.TryAdd(name, part);
            }
        }

        var uses1904 = _workbook.Workbook.WorkbookProperties?.Date1904?.Value ?? false;
        _cells = new CellReader(SharedTexts(), Styles(), uses1904);
    }

    /// <summary>The first range of merged cells, such as <c>B2:B4</c>, of the rows that have been read to the end; null for none.</summary>
    public string? FirstMerged { get; private set; }

    /// <summary>The number of the first row that Excel does not show, such as one that a filter hides.</summary>
    public int FirstHidden { get; private set; }

    /// <summary>How many rows Excel does not show.</summary>
    public int HiddenCount { get; private set; }

    /// <summary>The names of the sheets with cells, in their order.</summary>
    public IReadOnlyCollection<string> Sheets => _sheets.Keys;

    public static Workbook Open(Stream stream) =>
        new(
            SpreadsheetDocument.Open(
                stream,
                isEditable: false,
                new OpenSettings { MaxCharactersInPart = WorkbookLimits.MaxSheet }
            )
        );

    /// <summary>The rows of a sheet that have cells.</summary>
    /// <exception cref="InvalidDataException">There are more rows, or more cells in a row, than a sheet can have.</exception>
    public IEnumerable<IReadOnlyList<SheetCell>> Rows(string sheet)
    {
        using var reader = OpenXmlReader.Create(_sheets[sheet]);
        var (number, count) = (0, 0);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(MergeCell) && reader.IsStartElement)
            {
                FirstMerged ??= ((MergeCell)reader.LoadCurrentElement()!).Reference?.Value;
                continue;
            }

            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
            {
                continue;
            }

            var isHidden = Attribute(reader, "hidden") is "1" or "true";
            number = int.TryParse(Attribute(reader, "r"), CultureInfo.InvariantCulture, out var r) ? r : number + 1;
            if (number > WorkbookLimits.MaxRows || ++count > WorkbookLimits.MaxRows)
            {
                throw new InvalidDataException(
                    $"it has more than the {WorkbookLimits.MaxRows} rows that a sheet can have"
                );
            }

            if (Cells(reader, number) is { Count: > 0 } cells)
            {
                if (isHidden)
                {
                    FirstHidden = HiddenCount++ == 0 ? number : FirstHidden;
                }

                yield return cells;
            }
        }
    }

    public void Dispose() => _document.Dispose();

    private static string? Attribute(OpenXmlReader reader, string name) =>
        reader.Attributes.Where(attribute => attribute.LocalName == name).Select(a => a.Value).FirstOrDefault();

    /// <summary>The cells of the row that the reader is at. A cell at a time is in memory: a row of XML may be long.</summary>
    private List<SheetCell> Cells(OpenXmlReader reader, int number)
    {
        var cells = new List<SheetCell>();
        var column = -1;
        while (reader.Read() && reader.ElementType != typeof(Row))
        {
            if (reader.ElementType != typeof(Cell) || !reader.IsStartElement)
            {
                continue;
            }

            var cell = (Cell)reader.LoadCurrentElement()!;
            column = SheetCell.ColumnOf(cell.CellReference?.Value) ?? column + 1;
            if (column >= WorkbookLimits.MaxColumns || cells.Count == WorkbookLimits.MaxColumns)
            {
                throw new InvalidDataException($"row {number} has cells beyond column {WorkbookLimits.MaxColumns}");
            }

            cells.Add(_cells.Read(cell, number, column));
        }

        return cells;
    }

    private List<string> SharedTexts()
    {
        var texts = new List<string>();
        if (_workbook.SharedStringTablePart is not { } part)
        {
            return texts;
        }

        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
            {
                texts.Add(CellReader.Text(reader.LoadCurrentElement()));
            }
        }

        return texts;
    }

    private List<NumberKind> Styles()
    {
        var sheet = _workbook.WorkbookStylesPart?.Stylesheet;
        var codes = (sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(format => format.NumberFormatId is not null)
            .ToDictionary(format => format.NumberFormatId!.Value, format => format.FormatCode?.Value);
        return
        [
            .. (sheet?.CellFormats?.Elements<CellFormat>() ?? [])
                .Select(format => format.NumberFormatId?.Value ?? 0)
                .Select(id => NumberFormat.KindOf(id, codes.GetValueOrDefault(id))),
        ];
    }
}
