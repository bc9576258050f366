using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>An Excel file. Its sheets are read row by row; only the texts that cells share are in memory.</summary>
internal sealed class Workbook : IDisposable
{
    /// <summary>The most characters of a part once it is unzipped: a zip file of a few megabytes may hold gigabytes.</summary>
    private const long MaxCharacters = 512L << 20;

    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly Dictionary<string, WorksheetPart> _sheets = new(StringComparer.Ordinal);
    private readonly CellReader _cells;
    private readonly List<string> _merged = [];
    private readonly List<int> _hidden = [];

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

    /// <summary>The ranges of merged cells, such as <c>B2:B4</c>, of the rows that have been read to the end.</summary>
    public IReadOnlyList<string> Merged => _merged;

    /// <summary>The numbers of the rows that Excel does not show, such as those that a filter hides.</summary>
    public IReadOnlyList<int> Hidden => _hidden;

    /// <summary>The names of the sheets with cells, in their order.</summary>
    public IReadOnlyCollection<string> Sheets => _sheets.Keys;

    public static Workbook Open(Stream stream) =>
        new(
            SpreadsheetDocument.Open(
                stream,
                isEditable: false,
                new OpenSettings { MaxCharactersInPart = MaxCharacters }
            )
        );

    /// <summary>The rows of a sheet that have cells.</summary>
    public IEnumerable<IReadOnlyList<SheetCell>> Rows(string sheet)
    {
        using var reader = OpenXmlReader.Create(_sheets[sheet]);
        var number = 0;
        while (reader.Read())
        {
            if (reader.ElementType == typeof(MergeCell) && reader.IsStartElement)
            {
                _merged.Add(((MergeCell)reader.LoadCurrentElement()!).Reference?.Value ?? "");
                continue;
            }

            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
            {
                continue;
            }

            var row = (Row)reader.LoadCurrentElement()!;
            number = (int)(row.RowIndex?.Value ?? (uint)number + 1);
            if (Cells(row, number) is { Count: > 0 } cells)
            {
                if (row.Hidden?.Value == true)
                {
                    _hidden.Add(number);
                }

                yield return cells;
            }
        }
    }

    public void Dispose() => _document.Dispose();

    private List<SheetCell> Cells(Row row, int number)
    {
        var cells = new List<SheetCell>();
        var column = -1;
        foreach (var cell in row.Elements<Cell>())
        {
            column = SheetCell.ColumnOf(cell.CellReference?.Value) ?? column + 1;
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
