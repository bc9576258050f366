using AimmsOrchestrator.Reports.Statistics;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>What the streaming writer has no words for: sheets that fit the width of a page, and the chart.</summary>
internal static class PrintLayout
{
    /// <param name="workbook">The finished file; it can be read and can seek.</param>
    /// <param name="sheets">The names of its sheets, in order.</param>
    /// <param name="table">What the chart shows; null for no chart.</param>
    public static void Apply(Stream workbook, IReadOnlyList<string> sheets, CrossTable? table)
    {
        workbook.Position = 0;
        using (var document = SpreadsheetDocument.Open(workbook, isEditable: true))
        {
            var parts = document.WorkbookPart!;
            foreach (var (sheet, name) in parts.Workbook!.Descendants<Sheet>().Zip(sheets))
            {
                var part = (WorksheetPart)parts.GetPartById(sheet.Id!.Value!);
                FitToWidth(part.Worksheet!);
                if (name == PivotSheet.Name && table is not null)
                {
                    PivotChart.Add(part, table);
                }
            }
        }

        workbook.Position = workbook.Length;
    }

    private static void FitToWidth(Worksheet sheet)
    {
        var properties = sheet.SheetProperties ?? sheet.PrependChild(new SheetProperties());
        properties.PageSetupProperties = new PageSetupProperties { FitToPage = true };
        sheet.AddChild(
            new PageSetup
            {
                Orientation = OrientationValues.Landscape,
                FitToWidth = 1,
                FitToHeight = 0,
            }
        );
    }
}
