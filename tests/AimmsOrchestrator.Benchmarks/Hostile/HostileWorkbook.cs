using System.IO.Compression;
using System.Text;

namespace AimmsOrchestrator.Benchmarks.Hostile;

/// <summary>A workbook of one sheet in which one thing is repeated.</summary>
internal static class HostileWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private const string Heading = "<row><c t=\"inlineStr\"><is><t>id</t></is></c></row>";

    /// <summary>Writes <c>t.xlsx</c>.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="repeated">Rows, cells or characters.</param>
    /// <param name="megabytes">The size of the sheet, unzipped.</param>
    public static async Task WriteAsync(string folder, string repeated, int megabytes)
    {
        await using var file = File.Create(Path.Combine(folder, "t.xlsx"));
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        await AddAsync(
            zip,
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Type}.worksheet+xml"/></Types>
            """
        );
        await AddAsync(zip, "_rels/.rels", Relationship("officeDocument", "xl/workbook.xml"));
        await AddAsync(
            zip,
            "xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>"
        );
        await AddAsync(zip, "xl/_rels/workbook.xml.rels", Relationship("worksheet", "worksheets/sheet1.xml"));
        await using var sheet = await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync();
        var (before, after) =
            repeated.StartsWith("<row", StringComparison.Ordinal) ? ("", "")
            : repeated.StartsWith('<') ? ("<row>", "</row>")
            : ("<row><c t=\"inlineStr\"><is><t>", "</t></is></c></row>");
        await sheet.WriteAsync(Encoding.UTF8.GetBytes($"<worksheet xmlns=\"{Main}\"><sheetData>{Heading}{before}"));
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, (1 << 20) / repeated.Length)));
        for (var written = 0; written < megabytes; written++)
        {
            await sheet.WriteAsync(chunk);
        }

        await sheet.WriteAsync(Encoding.UTF8.GetBytes($"{after}</sheetData></worksheet>"));
    }

    private static string Relationship(string kind, string target) =>
        $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r0\" Type=\"{Office}/{kind}\" Target=\"{target}\"/></Relationships>";

    private static async Task AddAsync(ZipArchive zip, string name, string xml)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync();
        await entry.WriteAsync(Encoding.UTF8.GetBytes(xml));
    }
}
