using System.Globalization;
using System.Text;
using System.Xml;
using AimmsOrchestrator.Domain.Expectations;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>
/// The outcomes of a batch's rules as the XML that CI servers show: one test case per rule. A rule that applied to no run
/// is skipped, with the reason.
/// </summary>
/// <remarks>The dialect that Jenkins and GitLab read: https://github.com/testmoapp/junitxml</remarks>
public static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        CloseOutput = false,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>Writes the file; the stream stays open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="batch">The batch's id.</param>
    /// <param name="results">The outcomes of the rules.</param>
    public static void Write(Stream output, string batch, IReadOnlyList<ExpectationResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var xml = XmlWriter.Create(output, Settings);
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", batch);
        Count(xml, "tests", results.Count);
        Count(xml, "failures", results.Count(result => result.Violated > 0));
        Count(xml, "skipped", results.Count(result => result.Checked == 0));
        foreach (var result in results)
        {
            Write(xml, batch, result);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string batch, ExpectationResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", batch);
        xml.WriteAttributeString("name", Clean(result.Name));
        if (result.Violated > 0)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", $"violated {result.Violated} of {result.Checked} times");
            xml.WriteString(Clean(string.Join("\n", result.First.Select(violation => violation.Message))));
            xml.WriteEndElement();
        }
        else if (result.Checked == 0)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Clean(result.Reason ?? "no completed run to check"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Count(XmlWriter xml, string name, int count) =>
        xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Leaves out the characters that XML cannot hold.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => r.Value > char.MaxValue || XmlConvert.IsXmlChar((char)r.Value)));
}
