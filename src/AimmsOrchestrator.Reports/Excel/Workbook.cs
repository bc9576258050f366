using System.Globalization;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>
/// An Excel file that is written sheet by sheet and row by row, so that memory does not grow with the rows. Text is never a
/// formula.
/// </summary>
internal sealed class Workbook : IAsyncDisposable
{
    /// <summary>Excel's limit on the rows of a sheet, its header included.</summary>
    public const int MostRows = 1_048_576;

    private const long LargestWhole = 999_999_999_999_999;
    private const double WidthOfNumbers = 12;
    private const double WidthOfTexts = 26;
    private const double WidthOfLines = 100;

    private static readonly HashSet<string> Texts =
    [
        "name",
        "error",
        "notes",
        "reason",
        "example",
        "condition",
        "first runs",
        "expectation",
        "outcome",
        "violation",
        "run at minimum",
        "run at maximum",
        "startedAt",
        "endedAt",
    ];

    private readonly Spreadsheet _book;
    private readonly StyleId _bold;
    private readonly StyleId _moment;
    private readonly Dictionary<string, StyleId> _formats = new(StringComparer.Ordinal);

    private Workbook(Spreadsheet book)
    {
        _book = book;
        _bold = book.AddStyle(new Style { Font = { Bold = true } });
        _moment = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss \"UTC\"") });
    }

    /// <summary>The names of the sheets so far.</summary>
    public List<string> Sheets { get; } = [];

    /// <summary>How many cells were written.</summary>
    public long Cells { get; private set; }

    public static async Task<Workbook> CreateAsync(Stream output, CancellationToken cancellation)
    {
        var options = new SpreadCheetahOptions
        {
            // Not every program derives the cell references itself.
            WriteCellReferenceAttributes = true,
            // The scenario's lines keep their indentation.
            PreserveStringWhitespace = true,
        };
        return new Workbook(await Spreadsheet.CreateNewAsync(output, options, cancellation).ConfigureAwait(false));
    }

    /// <summary>Adds a sheet with a header row; rows beyond its limit continue in <c>name 2</c>, <c>name 3</c> and so on.</summary>
    public async Task AddAsync(SheetRows sheet, CancellationToken cancellation)
    {
        var part = 1;
        var left = sheet.MostRows - 1;
        var formats = sheet.Headers.Select(header => Format(sheet.Formats.GetValueOrDefault(header))).ToArray();
        await StartAsync(sheet, sheet.Name, cancellation).ConfigureAwait(false);
        foreach (var row in sheet.Rows)
        {
            if (left == 0)
            {
                await StartAsync(sheet, $"{sheet.Name} {++part}", cancellation).ConfigureAwait(false);
                left = sheet.MostRows - 1;
            }

            await AddRowAsync(row, formats, cancellation).ConfigureAwait(false);
            left--;
        }
    }

    /// <summary>Adds a sheet without a header row, for <see cref="AddLineAsync"/>.</summary>
    /// <param name="name">The sheet's name.</param>
    /// <param name="widths">The width of each column, in characters.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task StartAsync(string name, IReadOnlyList<double> widths, CancellationToken cancellation)
    {
        var sheet = new WorksheetOptions();
        foreach (var (column, width) in widths.Index())
        {
            sheet.Column(column + 1).Width = width;
        }

        Sheets.Add(name);
        await _book.StartWorksheetAsync(name, sheet, cancellation).ConfigureAwait(false);
    }

    /// <summary>Adds a row to the sheet that was started last.</summary>
    /// <param name="cells">The values.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <param name="isBold">Whether it is a heading.</param>
    /// <param name="formats">How each of its decimal numbers is shown; null for Excel's own form.</param>
    public ValueTask AddLineAsync(
        object?[] cells,
        CancellationToken cancellation,
        bool isBold = false,
        IReadOnlyList<string?>? formats = null
    ) =>
        AddRowAsync(
            cells,
            [
                .. cells.Select(
                    (cell, i) =>
                        isBold ? _bold
                        : cell is double ? Format(formats?[i])
                        : null
                ),
            ],
            cancellation
        );

    /// <summary>Adds a row to the sheet that was started last.</summary>
    /// <param name="head">What the row is of, in Excel's own form.</param>
    /// <param name="cells">The values.</param>
    /// <param name="format">How they are shown; null for Excel's own form.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public ValueTask AddRowAsync(
        object head,
        IReadOnlyList<object?> cells,
        string? format,
        CancellationToken cancellation
    ) => AddRowAsync([head, .. cells], [null, .. Enumerable.Repeat(Format(format), cells.Count)], cancellation);

    /// <summary>Completes the file.</summary>
    public async Task FinishAsync(CancellationToken cancellation) =>
        await _book.FinishAsync(cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    private async Task StartAsync(SheetRows rows, string name, CancellationToken cancellation)
    {
        var headers = rows.Headers;
        var sheet = new WorksheetOptions
        {
            FrozenRows = 1,
            FrozenColumns = rows.FrozenColumns > 0 ? rows.FrozenColumns : null,
            AutoFilter = new AutoFilterOptions($"A1:{Letters(headers.Count)}{MostRows}"),
        };
        for (var i = 0; i < headers.Count; i++)
        {
            sheet.Column(i + 1).Width =
                headers.Count == 1 ? WidthOfLines
                : Texts.Contains(headers[i]) ? WidthOfTexts
                : Math.Max(WidthOfNumbers, Math.Min(headers[i].Length + 3, WidthOfTexts));
        }

        Sheets.Add(name);
        await _book.StartWorksheetAsync(name, sheet, cancellation).ConfigureAwait(false);
        await _book.AddHeaderRowAsync([.. headers.Select(CellText.Of)], _bold, cancellation).ConfigureAwait(false);
    }

    private ValueTask AddRowAsync(object?[] row, StyleId?[] formats, CancellationToken cancellation)
    {
        Cells += row.Length;
        var cells = new StyledCell[row.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Cell(row[i], i < formats.Length ? formats[i] : null);
        }

        return _book.AddRowAsync(cells, cancellation);
    }

    private StyleId? Format(string? format)
    {
        if (format is null)
        {
            return null;
        }

        if (!_formats.TryGetValue(format, out var style))
        {
            style = _book.AddStyle(new Style { Format = NumberFormat.Custom(format) });
            _formats.Add(format, style);
        }

        return style;
    }

    private StyledCell Cell(object? value, StyleId? style) =>
        value switch
        {
            null => default,
            // Excel keeps fifteen digits of a number and replaces the others by zeros.
            long whole and (< -LargestWhole or > LargestWhole) => new StyledCell(
                whole.ToString(CultureInfo.InvariantCulture),
                style
            ),
            long whole => new StyledCell(whole, style),
            double number when double.IsFinite(number) => new StyledCell(number, style),
            // Excel has no such number, and reports a file with one as corrupt.
            double word => new StyledCell(word.ToString(CultureInfo.InvariantCulture), style),
            bool truth => new StyledCell(truth, style),
            DateTime moment => new StyledCell(moment, _moment),
            _ => new StyledCell(CellText.Of((string)value), style),
        };

    /// <summary>A column's letters: A to Z, AA and so on.</summary>
    public static string Letters(int column) =>
        column <= 26
            ? ((char)('A' + column - 1)).ToString()
            : Letters((column - 1) / 26) + Letters(((column - 1) % 26) + 1);
}
