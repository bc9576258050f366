using System.Globalization;
using AimmsOrchestrator.Reports.Statistics;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Charts;
using DocumentFormat.OpenXml.Packaging;
using Draw = DocumentFormat.OpenXml.Drawing;
using Place = DocumentFormat.OpenXml.Drawing.Spreadsheet;
using Sheets = DocumentFormat.OpenXml.Spreadsheet;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>Excel's own chart of the pivot sheet: a line for each of its columns, or columns where it counts runs.</summary>
internal static class PivotChart
{
    private const string Relation = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const uint Across = 1;
    private const uint Up = 2;

    /// <summary>More lines than these no one tells apart.</summary>
    private const int MostLines = 12;

    private static readonly string[] Colours =
    [
        "0072B2",
        "D55E00",
        "009E73",
        "CC79A7",
        "B58900",
        "56B4E9",
        "6B4C9A",
        "4D4D4D",
    ];

    /// <summary>The chart stands beside the table, this many columns wide and this many rows high.</summary>
    private const int LineWidth = 22_225;
    private const int Width = 8;
    private const int Height = 22;

    public static void Add(WorksheetPart sheet, CrossTable table)
    {
        var drawing = sheet.AddNewPart<DrawingsPart>();
        sheet.Worksheet!.AddChild(new Sheets.Drawing { Id = sheet.GetIdOfPart(drawing) });
        var chart = drawing.AddNewPart<ChartPart>();
        var legend = new Legend(new LegendPosition { Val = LegendPositionValues.Bottom });
        chart.ChartSpace = new ChartSpace(
            new RoundedCorners { Val = false },
            new Chart([
                Title(table.Title),
                new AutoTitleDeleted { Val = false },
                new PlotArea(new Layout(), Plot(table), Categories(table), Values(table)),
                .. table.Columns.Count > 1 && !table.IsCount ? [legend] : Array.Empty<OpenXmlElement>(),
                new PlotVisibleOnly { Val = true },
                new DisplayBlanksAs { Val = DisplayBlanksAsValues.Gap },
            ])
        );
        drawing.WorksheetDrawing = new Place.WorksheetDrawing(
            new Place.TwoCellAnchor(
                Corner<Place.FromMarker>(table.Columns.Count + 2, 2),
                Corner<Place.ToMarker>(table.Columns.Count + 2 + Width, 2 + Height),
                Frame(drawing.GetIdOfPart(chart), table.Title),
                new Place.ClientData()
            )
        );
    }

    private static OpenXmlCompositeElement Plot(CrossTable table)
    {
        OpenXmlCompositeElement plot = table.IsCount
            ? new BarChart(
                new BarDirection { Val = BarDirectionValues.Column },
                new BarGrouping { Val = BarGroupingValues.Clustered }
            )
            : new LineChart(new Grouping { Val = GroupingValues.Standard });
        plot.Append(new VaryColors { Val = false });
        var first = table.IsCount ? table.Columns.Count - 1 : 0;
        for (var column = first; column < Math.Min(table.Columns.Count, first + MostLines); column++)
        {
            plot.Append(Series(table, column));
        }

        if (table.IsCount)
        {
            plot.Append(new GapWidth { Val = 10 });
        }
        else
        {
            plot.Append(new ShowMarker { Val = true });
        }

        plot.Append(new AxisId { Val = Across }, new AxisId { Val = Up });
        return plot;
    }

    private static OpenXmlCompositeElement Series(CrossTable table, int column)
    {
        var (first, last) = (PivotSheet.HeaderRow + 1, PivotSheet.HeaderRow + table.Rows.Count);
        var letters = Workbook.Letters(column + 2);
        OpenXmlCompositeElement series = table.IsCount ? new BarChartSeries() : new LineChartSeries();
        series.Append(
            new DocumentFormat.OpenXml.Drawing.Charts.Index { Val = (uint)column },
            new Order { Val = (uint)column },
            new SeriesText(new StringReference(Formula($"{letters}${PivotSheet.HeaderRow}"))),
            Outline(Colours[column % Colours.Length], table.IsCount)
        );
        if (table.IsCount)
        {
            series.Append(new InvertIfNegative { Val = false });
        }

        series.Append(
            new CategoryAxisData(new NumberReference(Formula($"A${first}:$A${last}"))),
            new DocumentFormat.OpenXml.Drawing.Charts.Values(
                new NumberReference(Formula($"{letters}${first}:${letters}${last}"))
            )
        );
        if (!table.IsCount)
        {
            series.Append(new Smooth { Val = false });
        }

        return series;
    }

    /// <summary>Stated, since the file has no theme that would state it.</summary>
    private static ChartShapeProperties Outline(string colour, bool isFilled)
    {
        var fill = new Draw.SolidFill(new Draw.RgbColorModelHex { Val = colour });
        return isFilled
            ? new ChartShapeProperties(fill)
            : new ChartShapeProperties(new Draw.Outline(fill) { Width = LineWidth });
    }

    private static Formula Formula(string cells) => new($"{PivotSheet.Name}!${cells}");

    private static CategoryAxis Categories(CrossTable table) =>
        new(
            new AxisId { Val = Across },
            new Scaling(new Orientation { Val = OrientationValues.MinMax }),
            new Delete { Val = false },
            new AxisPosition { Val = AxisPositionValues.Bottom },
            Title(table.Corner.Split(" \\ ")[0]),
            new NumberingFormat { FormatCode = "General", SourceLinked = false },
            new TickLabelPosition { Val = TickLabelPositionValues.Low },
            new CrossingAxis { Val = Up }
        );

    private static ValueAxis Values(CrossTable table) =>
        new(
            new AxisId { Val = Up },
            new Scaling(new Orientation { Val = OrientationValues.MinMax }),
            new Delete { Val = false },
            new AxisPosition { Val = AxisPositionValues.Left },
            new MajorGridlines(),
            Title(table.IsCount ? "runs" : table.Result),
            new NumberingFormat { FormatCode = "General", SourceLinked = true },
            new TickLabelPosition { Val = TickLabelPositionValues.NextTo },
            new CrossingAxis { Val = Across }
        );

    private static Title Title(string text) =>
        new(
            new ChartText(
                new RichText(
                    new Draw.BodyProperties(),
                    new Draw.Paragraph(
                        new Draw.Run(new Draw.RunProperties { FontSize = 1100 }, new Draw.Text(CellText.Of(text)))
                    )
                )
            ),
            new Overlay { Val = false }
        );

    private static T Corner<T>(int column, int row)
        where T : Place.MarkerType, new()
    {
        var corner = new T();
        corner.Append(
            new Place.ColumnId(column.ToString(CultureInfo.InvariantCulture)),
            new Place.ColumnOffset("0"),
            new Place.RowId(row.ToString(CultureInfo.InvariantCulture)),
            new Place.RowOffset("0")
        );
        return corner;
    }

    private static Place.GraphicFrame Frame(string chart, string title) =>
        new(
            new Place.NonVisualGraphicFrameProperties(
                new Place.NonVisualDrawingProperties
                {
                    Id = 2,
                    Name = "chart",
                    Description = CellText.Of(title),
                },
                new Place.NonVisualGraphicFrameDrawingProperties()
            ),
            new Place.Transform(new Draw.Offset { X = 0, Y = 0 }, new Draw.Extents { Cx = 0, Cy = 0 }),
            new Draw.Graphic(new Draw.GraphicData(new ChartReference { Id = chart }) { Uri = Relation })
        )
        {
            Macro = "",
        };
}
