using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Finds the values of a request that a scenario could vary: its numbers, and its texts.</summary>
internal sealed partial class CandidateFinder
{
    /// <summary>Beyond this many, values are only counted.</summary>
    public const int Most = 200;

    private const int LongestText = 60;

    private readonly DraftNames _names = new();
    private readonly List<Candidate> _found = [];

    /// <summary>How many numbers there are.</summary>
    public int Numbers { get; private set; }

    /// <summary>The candidates in the order of the request, the first <see cref="Most"/> of each kind.</summary>
    public static (IReadOnlyList<Candidate> Candidates, int Numbers) In(Node request)
    {
        var finder = new CandidateFinder();
        finder.Walk(request, pointer: "", path: []);
        return (finder._found, finder.Numbers);
    }

    private void Walk(Node node, string pointer, IReadOnlyList<string> path)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var member in mapping.Members)
                {
                    Walk(member.Value, $"{pointer}/{Escape(member.Name)}", [.. path, member.Name]);
                }

                break;

            case SequenceNode list:
                for (var index = 0; index < list.Items.Count; index++)
                {
                    var label = (list.Items[index] as MappingNode)
                        ?.Members.Select(m => m.Value)
                        .OfType<ScalarNode>()
                        .FirstOrDefault(value => value.Kind == ScalarKind.String && value.Text.Length is > 0 and <= 30);
                    Walk(list.Items[index], $"{pointer}/{index}", [.. path, label?.Text ?? $"{index}"]);
                }

                break;

            case ScalarNode { Kind: ScalarKind.Number, Number: not null } number when path.Count > 0:
                Numbers++;
                Add(pointer, path, number.Json, isText: false);
                break;

            case ScalarNode { Kind: ScalarKind.String, Text.Length: > 0 and <= LongestText } text when path.Count > 0:
                Add(pointer, path, YamlText.Quoted(text.Text), isText: true);
                break;
        }
    }

    private void Add(string pointer, IReadOnlyList<string> path, string written, bool isText)
    {
        if (_found.Count(candidate => candidate.IsText == isText) >= Most)
        {
            return;
        }

        _found.Add(new Candidate(pointer, _names.Of(path), written, isText) { IsLabel = Label().IsMatch(path[^1]) });
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [GeneratedRegex(
        "^(id|.*[_-]id|key|code|year|month|day|date|version|seed|index|period|number|no|lat|lon|latitude|longitude|x|y|zip)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Label();
}
