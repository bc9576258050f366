using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace AimmsOrchestrator.Reports.Excel;

/// <summary>
/// An Excel file (Office Open XML, ECMA-376) that is written sheet by sheet and row by row, so that memory does not grow with
/// the rows. Text is always text, never a formula. (The libraries at hand either keep the whole package in memory or spell
/// characters beyond the basic plane as escapes that other programs show as they are.)
/// </summary>
internal sealed class Workbook(Stream output) : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string TypePrefix = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>Style 0 is plain, 1 a header in bold, 2 a date with its time.</summary>
    private const string Styles = $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;

    private readonly ZipArchive _archive = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<(string Name, string Range)> _sheets = [];

    /// <summary>A sheet with a header row; rows beyond what a sheet holds go on in <c>name 2</c>, <c>name 3</c> and so on.</summary>
    public void Add(
        string name,
        IReadOnlyList<string> headers,
        IEnumerable<object?[]> rows,
        int mostRows = Sheet.MostRows
    )
    {
        using var rest = rows.GetEnumerator();
        var hasMore = rest.MoveNext();
        var part = 1;
        do
        {
            var title = part == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {part}");
            using var xml = Part(
                string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{_sheets.Count + 1}.xml")
            );
            (var range, hasMore) = Sheet.Write(xml, Main, headers, rest, hasMore, mostRows);
            _sheets.Add((title, range));
            part++;
        } while (hasMore);
    }

    /// <summary>Completes the file; the stream stays open.</summary>
    public void Dispose()
    {
        WriteContentTypes();
        WriteRelations("_rels/.rels", [("officeDocument", "xl/workbook.xml")]);
        WriteRelations(
            "xl/_rels/workbook.xml.rels",
            [
                .. _sheets.Select(
                    (_, i) => ("worksheet", string.Create(CultureInfo.InvariantCulture, $"worksheets/sheet{i + 1}.xml"))
                ),
                ("styles", "styles.xml"),
            ]
        );
        WriteBook();
        using (var styles = new StreamWriter(_archive.CreateEntry("xl/styles.xml", CompressionLevel.Fastest).Open()))
        {
            styles.Write(Styles);
        }

        _archive.Dispose();
    }

    private void WriteBook()
    {
        using var xml = Part("xl/workbook.xml");
        xml.WriteStartElement("workbook", Main);
        xml.WriteStartElement("sheets", Main);
        foreach (var (i, sheet) in _sheets.Index())
        {
            xml.WriteStartElement("sheet", Main);
            xml.WriteAttributeString("name", sheet.Name);
            xml.WriteAttributeString("sheetId", (i + 1).ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("r", "id", Relations, string.Create(CultureInfo.InvariantCulture, $"r{i + 1}"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("definedNames", Main);
        foreach (var (i, sheet) in _sheets.Index())
        {
            xml.WriteStartElement("definedName", Main);
            xml.WriteAttributeString("name", "_xlnm._FilterDatabase");
            xml.WriteAttributeString("localSheetId", i.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("hidden", "1");
            xml.WriteString($"'{sheet.Name}'!{sheet.Range}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteContentTypes()
    {
        using var xml = Part("[Content_Types].xml");
        xml.WriteStartElement("Types", ContentTypes);
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        Default("xml", "application/xml");
        Override("xl/workbook.xml", "sheet.main+xml");
        Override("xl/styles.xml", "styles+xml");
        for (var i = 1; i <= _sheets.Count; i++)
        {
            Override(string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{i}.xml"), "worksheet+xml");
        }

        xml.WriteEndElement();

        void Default(string extension, string type) => Entry("Default", "Extension", extension, type);
        void Override(string part, string type) => Entry("Override", "PartName", $"/{part}", TypePrefix + type);
        void Entry(string element, string key, string value, string type)
        {
            xml.WriteStartElement(element, ContentTypes);
            xml.WriteAttributeString(key, value);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
    }

    private void WriteRelations(string part, IReadOnlyList<(string Type, string Target)> relations)
    {
        using var xml = Part(part);
        xml.WriteStartElement("Relationships", PackageRelations);
        foreach (var (i, relation) in relations.Index())
        {
            xml.WriteStartElement("Relationship", PackageRelations);
            xml.WriteAttributeString("Id", string.Create(CultureInfo.InvariantCulture, $"r{i + 1}"));
            xml.WriteAttributeString("Type", $"{Relations}/{relation.Type}");
            xml.WriteAttributeString("Target", relation.Target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private XmlWriter Part(string name) =>
        XmlWriter.Create(
            _archive.CreateEntry(name, CompressionLevel.Fastest).Open(),
            new XmlWriterSettings { CloseOutput = true, CheckCharacters = false }
        );
}
