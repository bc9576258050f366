using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Yaml;

/// <summary>Gathers a mapping's members: no name twice, and what <c>&lt;&lt;</c> merges in gives way to what is written out.</summary>
internal sealed class MappingBuilder(DiagnosticBag diagnostics)
{
    private readonly List<Member> _members = [];
    private readonly Dictionary<string, SourceLocation> _names = new(StringComparer.Ordinal);
    private readonly List<MappingNode> _merged = [];

    public void Add(Node key, Node value)
    {
        if (key is not ScalarNode name)
        {
            diagnostics.Add(key.Location, $"a name is wanted here, not {key.Description}");
        }
        else if (name is { Text: "<<", Kind: ScalarKind.String } && value is not ScalarNode)
        {
            Merge(value);
        }
        else if (!_names.TryAdd(name.Text, name.Location))
        {
            diagnostics.Add(
                name.Location,
                $"\"{name.Text}\" stands here a second time; the first is in line {_names[name.Text].Line}"
            );
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
        IReadOnlyList<Node> sources = value is SequenceNode list ? list.Items : [value];
        foreach (var source in sources)
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
