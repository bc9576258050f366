using System.Globalization;
using System.Xml;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>One sheet: a frozen header row with a filter, columns as wide as their first rows need, and typed cells.</summary>
internal static class Sheet
{
    /// <summary>A sheet's rows in Excel, the header's included.</summary>
    public const int MostRows = 1_048_576;

    private const int MeasuredRows = 100;
    private const int LeastWidth = 8;
    private const int MostWidth = 60;

    /// <summary>Writes rows until the sheet is full or none is left.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="ns">The namespace of SpreadsheetML.</param>
    /// <param name="headers">The first row.</param>
    /// <param name="rows">Where the rows come from; stands at the next one.</param>
    /// <param name="hasRow">Whether there is a next one.</param>
    /// <param name="mostRows">When the sheet is full, the header included.</param>
    /// <returns>The range of its cells, and whether rows are left for another sheet.</returns>
    public static (string Range, bool HasMore) Write(
        XmlWriter xml,
        string ns,
        IReadOnlyList<string> headers,
        IEnumerator<object?[]> rows,
        bool hasRow,
        int mostRows
    )
    {
        var first = new List<object?[]>();
        while (hasRow && first.Count < MeasuredRows && first.Count + 1 < mostRows)
        {
            first.Add(rows.Current);
            hasRow = rows.MoveNext();
        }

        var letters = headers.Select((_, i) => Letters(i)).ToArray();
        xml.WriteStartElement("worksheet", ns);
        WriteView(xml);
        WriteWidths(xml, headers, first);
        xml.WriteStartElement("sheetData");
        WriteRow(xml, 1, letters, [.. headers], isHeader: true);
        var row = 1;
        foreach (var cells in first)
        {
            WriteRow(xml, ++row, letters, cells, isHeader: false);
        }

        while (hasRow && row < mostRows)
        {
            WriteRow(xml, ++row, letters, rows.Current, isHeader: false);
            hasRow = rows.MoveNext();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("autoFilter");
        xml.WriteAttributeString("ref", string.Create(CultureInfo.InvariantCulture, $"A1:{letters[^1]}{row}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        return (string.Create(CultureInfo.InvariantCulture, $"$A$1:${letters[^1]}${row}"), hasRow);
    }

    private static void WriteView(XmlWriter xml) =>
        xml.WriteRaw(
            """<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"""
        );

    private static void WriteWidths(XmlWriter xml, IReadOnlyList<string> headers, List<object?[]> rows)
    {
        xml.WriteStartElement("cols");
        for (var i = 0; i < headers.Count; i++)
        {
            // Two more than the longest text: the filter's button has to fit beside the header.
            var longest = rows.Select(cells => Length(cells[i])).Append(headers[i].Length).Max() + 2;
            var column = (i + 1).ToString(CultureInfo.InvariantCulture);
            xml.WriteStartElement("col");
            xml.WriteAttributeString("min", column);
            xml.WriteAttributeString("max", column);
            xml.WriteAttributeString(
                "width",
                Math.Clamp(longest, LeastWidth, MostWidth).ToString(CultureInfo.InvariantCulture)
            );
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static int Length(object? cell) =>
        cell switch
        {
            null => 0,
            DateTime => 19,
            string text => text.Length,
            _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!.Length,
        };

    private static void WriteRow(XmlWriter xml, int row, string[] letters, object?[] cells, bool isHeader)
    {
        var number = row.ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is { } cell)
            {
                WriteCell(xml, letters[i] + number, cell, isHeader);
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteCell(XmlWriter xml, string place, object cell, bool isHeader)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", place);
        switch (cell)
        {
            case long number:
                WriteValue(xml, number.ToString(CultureInfo.InvariantCulture));
                break;

            case double number when double.IsFinite(number):
                WriteValue(xml, number.ToString("R", CultureInfo.InvariantCulture));
                break;

            case bool truth:
                xml.WriteAttributeString("t", "b");
                WriteValue(xml, truth ? "1" : "0");
                break;

            case DateTime time:
                xml.WriteAttributeString("s", "2");
                WriteValue(xml, time.ToOADate().ToString("R", CultureInfo.InvariantCulture));
                break;

            default:
                if (isHeader)
                {
                    xml.WriteAttributeString("s", "1");
                }

                WriteText(xml, CellText.Of(Convert.ToString(cell, CultureInfo.InvariantCulture)!));
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteValue(XmlWriter xml, string value)
    {
        xml.WriteStartElement("v");
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, string text)
    {
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
        {
            xml.WriteAttributeString("xml", "space", null, "preserve");
        }

        xml.WriteString(text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>The name of a column: 0 is A, 25 is Z, 26 is AA.</summary>
    private static string Letters(int column) =>
        (column < 26 ? "" : Letters((column / 26) - 1)) + (char)('A' + (column % 26));
}
