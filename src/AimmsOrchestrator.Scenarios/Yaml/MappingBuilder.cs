using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Yaml;

/// <summary>Collects a mapping's members: no name twice, and its own members win over those that <c>&lt;&lt;</c> merges in.</summary>
internal sealed class MappingBuilder(DiagnosticBag diagnostics)
{
    private readonly List<Member> _members = [];
    private readonly Dictionary<string, SourceLocation> _names = new(StringComparer.Ordinal);
    private readonly List<MappingNode> _merged = [];

    public void Add(Node key, Node value)
    {
        if (key is not ScalarNode name)
        {
            diagnostics.Add(key.Location, $"a name is expected here, not {key.Description}");
        }
        else if (name is { Text: "<<", Kind: ScalarKind.String } && value is not ScalarNode)
        {
            Merge(value);
        }
        else if (!_names.TryAdd(name.Text, name.Location))
        {
            var first = _names[name.Text].Line is > 0 and var line ? $"; the first is in line {line}" : "";
            diagnostics.Add(name.Location, $"\"{name.Text}\" appears twice{first}");
        }
        else
        {
            _members.Add(new Member(name, value));
        }
    }

    public MappingNode Build(SourceLocation location)
    {
        foreach (var mapping in _merged)
        {
            _members.AddRange(mapping.Members.Where(member => _names.TryAdd(member.Name, member.Key.Location)));
        }

        return new MappingNode(location, _members);
    }

    private void Merge(Node value)
    {
        foreach (var source in Node.ItemsOf(value))
        {
            if (source is MappingNode mapping)
            {
                _merged.Add(mapping);
            }
            else
            {
                diagnostics.Add(source.Location, $"<< merges mappings, and this is {source.Description}");
            }
        }
    }
}
