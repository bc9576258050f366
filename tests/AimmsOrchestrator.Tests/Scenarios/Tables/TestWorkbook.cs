using System.IO.Compression;
using System.Text;

namespace AimmsOrchestrator.Tests.Scenarios.Tables;

/// <summary>Writes a workbook of one sheet part by part, so that a test decides what stands in its XML.</summary>
internal static class TestWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Styles of the cells: 0 plain, 1 a date, 2 a time, 3 elapsed hours, 4 a date with its own format, 5 a number with a word that has a d.</summary>
    private const string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts><numFmt numFmtId="170" formatCode="[$-809]dd\ mmm\ yyyy;@"/>
        <numFmt numFmtId="171" formatCode="0.0&quot; days&quot;"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="21"/><xf numFmtId="46"/><xf numFmtId="170"/>
        <xf numFmtId="171"/></cellXfs></styleSheet>
        """;

    /// <summary>The file.</summary>
    /// <param name="rows">The XML inside <c>sheetData</c>, and perhaps what follows it.</param>
    /// <param name="uses1904">Whether dates count from 1904.</param>
    public static byte[] Of(string rows, bool uses1904 = false)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                zip,
                "[Content_Types].xml",
                $"""
                <Types xmlns="{Package}/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/>
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Type}.worksheet+xml"/>
                <Override PartName="/xl/styles.xml" ContentType="{Type}.styles+xml"/></Types>
                """
            );
            Add(zip, "_rels/.rels", Relationships(("officeDocument", "xl/workbook.xml")));
            Add(
                zip,
                "xl/workbook.xml",
                $"""
                <workbook xmlns="{Main}" xmlns:r="{Office}"><workbookPr date1904="{(uses1904 ? 1 : 0)}"/>
                <sheets><sheet name="Cases" sheetId="1" r:id="r0"/></sheets></workbook>
                """
            );
            Add(
                zip,
                "xl/_rels/workbook.xml.rels",
                Relationships(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
            );
            Add(zip, "xl/styles.xml", Styles);
            Add(
                zip,
                "xl/worksheets/sheet1.xml",
                $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>"
            );
        }

        return stream.ToArray();
    }

    /// <summary>A row of texts.</summary>
    public static string Texts(int row, params string[] texts) =>
        $"<row r=\"{row}\">{string.Concat(texts.Select(text => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>"))}</row>";

    private static string Relationships(params (string Kind, string Target)[] targets) =>
        $"""
            <Relationships xmlns="{Package}/relationships">{string.Concat(
                targets.Select((to, i) => $"<Relationship Id=\"r{i}\" Type=\"{Office}/{to.Kind}\" Target=\"{to.Target}\"/>")
            )}</Relationships>
            """;

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(xml));
    }
}
