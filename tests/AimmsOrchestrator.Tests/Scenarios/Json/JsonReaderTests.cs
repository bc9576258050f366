using System.Diagnostics;
using System.Text;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Json;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Tests.Scenarios.Json;

public sealed class JsonReaderTests
{
    [Fact]
    public void Every_value_has_its_line_and_column_in_characters()
    {
        var root = Assert.IsType<SequenceNode>(Read("[1, \"Köln\", {\n\n  \"Ä\": [true,\r\n null]}, 7]"));

        Assert.Equal("a.json:1:1", root.Location.ToString());
        Assert.Equal("a.json:1:5", root.Items[1].Location.ToString());
        var member = Assert.Single(Assert.IsType<MappingNode>(root.Items[2]).Members);
        Assert.Equal("a.json:3:3", member.Key.Location.ToString());
        var list = Assert.IsType<SequenceNode>(member.Value);
        Assert.Equal("a.json:3:8", list.Location.ToString());
        Assert.Equal("a.json:4:2", list.Items[1].Location.ToString());
        Assert.Equal("a.json:4:10", root.Items[3].Location.ToString());
    }

    [Fact]
    public void A_document_of_one_line_takes_as_long_as_its_length()
    {
        // 600 000 tokens: searched anew for each token, this would be 7e11 bytes, some minutes.
        var text = $"[{string.Join(',', Enumerable.Repeat("1.5", 600_000))}]";
        var watch = Stopwatch.StartNew();

        var items = Assert.IsType<SequenceNode>(Read(text)).Items;

        Assert.Equal("a.json:1:2399998", items[^1].Location.ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_document_has_no_more_values_than_memory_holds()
    {
        var diagnostics = new DiagnosticBag();
        var text = $"[\n{string.Join(',', Enumerable.Repeat('1', 2_500_000))}]";

        Assert.Null(JsonReader.Read("a.json", Encoding.UTF8.GetBytes(text), diagnostics));
        Assert.Equal(
            "a.json:2:4999999: this document has more than 2,500,000 values, the most that are read",
            Assert.Single(diagnostics.Errors()).ToString()
        );
    }

    private static Node? Read(string json)
    {
        var diagnostics = new DiagnosticBag();
        var root = JsonReader.Read("a.json", Encoding.UTF8.GetBytes(json), diagnostics);
        Assert.Equal(0, diagnostics.Count);
        return root;
    }
}
