using System.Globalization;
using System.Xml;
using AimmsOrchestrator.Scenarios.Yaml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Value = AimmsOrchestrator.Scenarios.Values.Value;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>What a cell of a sheet holds. A cell that Excel shows as an error, or has never calculated, has no value.</summary>
internal sealed class CellReader(IReadOnlyList<string> sharedTexts, IReadOnlyList<NumberKind> styles, bool uses1904)
{
    public SheetCell Read(Cell cell, int row, int column)
    {
        var type = cell.DataType?.Value ?? CellValues.Number;
        var written = cell.CellValue?.Text ?? "";
        var empty = new SheetCell(row, column, Value.Null);
        if (type == CellValues.InlineString)
        {
            return empty with { Value = Value.String(Text(cell.InlineString)) };
        }

        if (type == CellValues.String)
        {
            // The text that a formula gives may be empty.
            return cell.CellValue is null ? empty : empty with { Value = Value.String(Decoded(written)) };
        }

        if (written.Length == 0)
        {
            return cell.CellFormula is null
                ? empty
                : empty with
                {
                    Problem = "has a formula that was never calculated; open the workbook in Excel and save it",
                };
        }

        return type == CellValues.Error ? empty with { Problem = $"is the error {written}" }
            : type == CellValues.Number ? Number(empty, written, (int)(cell.StyleIndex?.Value ?? 0))
            : empty with { Value = Typed(type, written) };
    }

    private Value Typed(CellValues type, string written) =>
        type == CellValues.Boolean ? (written is "1" or "true" ? Value.True : Value.False)
        : type == CellValues.SharedString ? Value.String(sharedTexts[int.Parse(written, CultureInfo.InvariantCulture)])
        : Value.String(
            SerialDate.Text(
                DateTime.Parse(
                    written,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
                )
            )
        );

    private SheetCell Number(SheetCell empty, string digits, int style)
    {
        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!CoreSchema.IsInRange(digits))
        {
            return empty with { Problem = $"is {digits}, which is beyond the range of numbers" };
        }

        var kind = style < styles.Count ? styles[style] : NumberKind.Plain;
        if (kind == NumberKind.Plain)
        {
            return empty with { Value = Value.Number(number) };
        }

        var text = kind == NumberKind.Elapsed ? SerialDate.Elapsed(number) : SerialDate.Text(number, uses1904);
        return text is null
            ? empty with
            {
                Problem = $"is {digits} shown as a date, which is no date that Excel knows",
            }
            : empty with
            {
                Value = Value.String(text),
            };
    }

    /// <summary>A text's runs without the phonetic hints, its escapes such as <c>_x000A_</c> decoded.</summary>
    public static string Text(OpenXmlElement? item)
    {
        var runs = (item?.ChildElements ?? []).SelectMany(child =>
            child switch
            {
                Text text => [text.Text],
                Run { Text: { } text } => [text.Text],
                _ => Enumerable.Empty<string>(),
            }
        );
        return Decoded(string.Concat(runs));
    }

    private static string Decoded(string text) => XmlConvert.DecodeName(text) ?? "";
}
