using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AimmsOrchestrator.Reports.Tables;

namespace AimmsOrchestrator.Reports.Html;

/// <summary>
/// The report as one self-contained page: no network, no server, no other file. Data from a scenario, a model or a service is
/// embedded as JSON that cannot end the script around it, and reaches the document as text only. A content security policy
/// blocks other scripts and every download.
/// </summary>
public static class HtmlReport
{
    /// <summary>In the order of their dependencies.</summary>
    private static readonly string[] Scripts =
    [
        "format.js",
        "charts.style.js",
        "charts.points.js",
        "charts.cells.js",
        "charts.maps.js",
        "charts.bars.js",
        "charts.histogram.js",
        "charts.counts.js",
        "charts.timeline.js",
        "selection.js",
        "charts.tools.js",
        "charts.gallery.js",
        "table.js",
        "page.js",
    ];

    private static readonly string[] Styles = ["page.css", "charts.charts.css", "table.css", "print.css"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Letters of all alphabets as they are; <, >, & and quotes escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes the page; the writer stays open.</summary>
    public static void Write(TextWriter output, ReportContents contents)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(contents);
        var library = Asset("echarts.echarts.js");
        var script = string.Concat(Scripts.Select(Asset));
        var parts = new Dictionary<string, Func<string>>(StringComparer.Ordinal)
        {
            ["policy"] = () => Policy(library, script),
            ["title"] = () => HtmlEncoder.Default.Encode(contents.Title),
            ["style"] = () => string.Concat(Styles.Select(Asset)),
            ["library"] = () => library,
            ["script"] = () => script,
            ["data"] = () => Data(contents),
        };

        // The template's pieces alternate: text, name of a part, text. Parts are not searched for names.
        var pieces = Asset("page.html").Split(["{{", "}}"], StringSplitOptions.None);
        for (var i = 0; i < pieces.Length; i++)
        {
            output.Write(i % 2 == 0 ? pieces[i] : parts[pieces[i]]());
        }
    }

    /// <summary>Allows scripts by their hash alone, and inline styles, since the chart library sets them on its elements.</summary>
    private static string Policy(params string[] scripts) =>
        $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {string.Join(' ', scripts.Select(Hash))}";

    private static string Hash(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string Asset(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"AimmsOrchestrator.Reports.Html.Assets.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Data(ReportContents contents)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("title", contents.Title);
            writer.WriteString("description", contents.Description);
            writer.WriteString("quartiles", Statistics.Quartiles.Definition);
            writer.WriteString("intervals", Statistics.Bootstrap.Definition);
            writer.WriteBoolean("isSample", contents.IsSample);
            WriteMember(writer, "findings", contents.Findings);
            WriteMember(writer, "facts", contents.Facts);
            WriteMember(writer, "summaries", contents.Summaries);
            WriteMember(writer, "expectations", contents.Expectations);
            writer.WriteString("scenario", contents.Scenario);
            WriteMember(writer, "charts", contents.Charts);
            WriteMember(writer, "failures", contents.Failures);
            WriteRuns(writer, contents.Runs);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteMember<T>(Utf8JsonWriter writer, string name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, Options);
    }

    /// <summary>By column: that is shorter, and suits sorting and filtering.</summary>
    private static void WriteRuns(Utf8JsonWriter writer, RunTable runs)
    {
        writer.WriteStartObject("runs");
        writer.WriteNumber("total", runs.Total);
        WriteMember(writer, "columns", runs.Columns);
        writer.WriteStartArray("cells");
        for (var i = 0; i < runs.Columns.Count; i++)
        {
            writer.WriteStartArray();
            foreach (var row in runs.Rows)
            {
                WriteCell(writer, row[i]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;

            case long whole:
                writer.WriteNumberValue(whole);
                break;

            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;

            default:
                writer.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture));
                break;
        }
    }
}
