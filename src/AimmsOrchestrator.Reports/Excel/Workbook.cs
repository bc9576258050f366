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
        "run at minimum",
        "run at maximum",
        "startedAt",
        "endedAt",
    ];

    private readonly Spreadsheet _book;
    private readonly StyleId _bold;

    private Workbook(Spreadsheet book)
    {
        _book = book;
        _bold = book.AddStyle(new Style { Font = { Bold = true } });
    }

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
    public async Task AddAsync(
        string name,
        IReadOnlyList<string> headers,
        IEnumerable<object?[]> rows,
        CancellationToken cancellation,
        int mostRows = MostRows
    )
    {
        var part = 1;
        var left = mostRows - 1;
        await StartAsync(name, headers, cancellation).ConfigureAwait(false);
        foreach (var row in rows)
        {
            if (left == 0)
            {
                await StartAsync($"{name} {++part}", headers, cancellation).ConfigureAwait(false);
                left = mostRows - 1;
            }

            await _book.AddRowAsync(Array.ConvertAll(row, Cell), cancellation).ConfigureAwait(false);
            left--;
        }
    }

    /// <summary>Completes the file.</summary>
    public async Task FinishAsync(CancellationToken cancellation) =>
        await _book.FinishAsync(cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    private async Task StartAsync(string name, IReadOnlyList<string> headers, CancellationToken cancellation)
    {
        var sheet = new WorksheetOptions
        {
            FrozenRows = 1,
            AutoFilter = new AutoFilterOptions($"A1:{Letters(headers.Count)}{MostRows}"),
        };
        for (var i = 0; i < headers.Count; i++)
        {
            sheet.Column(i + 1).Width =
                headers.Count == 1 ? WidthOfLines
                : Texts.Contains(headers[i]) ? WidthOfTexts
                : Math.Max(WidthOfNumbers, Math.Min(headers[i].Length + 3, WidthOfTexts));
        }

        await _book.StartWorksheetAsync(name, sheet, cancellation).ConfigureAwait(false);
        await _book.AddHeaderRowAsync([.. headers.Select(CellText.Of)], _bold, cancellation).ConfigureAwait(false);
    }

    private static DataCell Cell(object? value) =>
        value switch
        {
            null => default,
            // Excel keeps fifteen digits of a number and replaces the others by zeros.
            long whole and (< -LargestWhole or > LargestWhole) => new DataCell(
                whole.ToString(CultureInfo.InvariantCulture)
            ),
            long whole => new DataCell(whole),
            double number when double.IsFinite(number) => new DataCell(number),
            // Excel has no such number, and reports a file with one as corrupt.
            double word => new DataCell(word.ToString(CultureInfo.InvariantCulture)),
            bool truth => new DataCell(truth),
            DateTime moment => new DataCell(moment),
            _ => new DataCell(CellText.Of((string)value)),
        };

    /// <summary>A column's letters: A to Z, AA and so on.</summary>
    private static string Letters(int column) =>
        column <= 26
            ? ((char)('A' + column - 1)).ToString()
            : Letters((column - 1) / 26) + Letters(((column - 1) % 26) + 1);
}
