using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios;

/// <summary>A scenario's text without secrets.</summary>
public static class ScenarioText
{
    private const string Key = "notify";

    /// <summary>
    /// The text with an ellipsis for the value of <c>notify</c>: addresses and commands may be secrets by themselves. What is
    /// cut reaches from that key to the next one, comments included. Null where the text cannot be read, or where either key
    /// shares its line with another part of the scenario.
    /// </summary>
    public static string? WithoutNotify(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var text = source.ReplaceLineEndings("\n");
        if (YamlReader.Read("", text, new DiagnosticBag()) is not MappingNode scenario)
        {
            return null;
        }

        // What a merge brings in stands last among the members, wherever it is written.
        var keys = scenario.Members.Select(member => member.Key).OrderBy(key => key.Location.Line).ToList();
        var at = keys.FindIndex(key => key.Text == Key);
        if (at < 0)
        {
            return text;
        }

        var lines = text.Split('\n');
        var next = keys.ElementAtOrDefault(at + 1);
        if (!IsFirstOfLine(keys[at]) || (next is not null && !IsFirstOfLine(next)))
        {
            return null;
        }

        var first = keys[at].Location.Line - 1;
        var after = next?.Location.Line - 1 ?? lines.Length;
        return string.Join('\n', [.. lines[..first], $"{Key}: …", .. lines[after..]]);

        bool IsFirstOfLine(ScalarNode key) =>
            string.IsNullOrWhiteSpace(lines[key.Location.Line - 1][..(key.Location.Column - 1)]);
    }
}
