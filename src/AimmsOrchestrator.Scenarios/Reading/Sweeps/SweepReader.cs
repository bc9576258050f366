using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sampling;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>
/// Reads <c>sweep</c>, or one of the sweeps that <c>concat</c> lists: its blocks multiply in the order they are written,
/// then come <c>let</c>, <c>when</c>, <c>require</c>, <c>repeat</c>, <c>order</c> and <c>limit</c>.
/// </summary>
internal sealed class SweepReader(SweepContext context)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;
    private readonly Dictionary<string, string> _definedBy = new(StringComparer.Ordinal);

    /// <summary>The sweep; a single point where the scenario has none, null where it cannot be read.</summary>
    public Sweep? Read(Node? node)
    {
        if (node is null or ScalarNode { Kind: ScalarKind.Null })
        {
            return new ProductSweep([]);
        }

        var before = _diagnostics.Count;
        if (Section.Read(node, SweepSchemas.Sweep, _diagnostics) is not { } section)
        {
            return null;
        }

        var blocks = ((MappingNode)node).Members.Select(ReadBlock).OfType<Sweep>().ToList();
        if (_diagnostics.Count > before)
        {
            return null;
        }

        try
        {
            var sweep = Finish(Multiply(blocks), section);
            return _diagnostics.Count > before ? null : sweep;
        }
        catch (OverflowException)
        {
            _diagnostics.Add(node.Location, "sweep makes more runs than can be counted");
            return null;
        }
    }

    /// <summary>The slot of a parameter that a block defines; null, with a diagnostic, where its name is reserved, no name or taken.</summary>
    public int? Define(ScalarNode name, string block)
    {
        if (name.Text.Trim().Length == 0 || name.Text.Any(char.IsControl) || PathScanner.IsLiteral(name.Text))
        {
            _diagnostics.Add(name.Location, $"{name.Description} cannot be a parameter's name; write a word");
            return null;
        }

        if (Scope.ReservedNames.Contains(name.Text))
        {
            _diagnostics.Add(
                name.Location,
                $"\"{name.Text}\" has a meaning in expressions already; give the parameter another name"
            );
            return null;
        }

        if (_definedBy.TryGetValue(name.Text, out var other) && other != block)
        {
            _diagnostics.Add(name.Location, $"{name.Text} is defined by {other} already; {block} cannot define it too");
            return null;
        }

        _definedBy[name.Text] = block;
        var slot = context.Parameters.Slot(name.Text);
        if (block is not ("let" or "concat"))
        {
            context.Given.Add(slot);
        }

        return slot;
    }

    /// <summary>The values for a parameter, the command line's where it gives some.</summary>
    public Node ValuesFor(ScalarNode name, Node written) => context.Assignments.For(name.Text, written);

    private Sweep? ReadBlock(Member member) =>
        member.Name switch
        {
            "matrix" => new MatrixReader(this, _diagnostics).Read(member.Value),
            "zip" => new ZipReader(this, _diagnostics).Read(member.Value),
            "runs" => new RunsReader(this, _diagnostics).Read(member.Value),
            "oat" => new OatReader(this, _diagnostics).Read(member.Value),
            "table" => new TableReader(this, context).Read(member.Value),
            "sample" => new SampleReader(this, context.Seed, _diagnostics).Read(member.Value),
            "concat" => ReadConcat(member),
            _ => null,
        };

    private static Sweep Multiply(List<Sweep> blocks) => blocks is [var only] ? only : new ProductSweep(blocks);

    private ConcatSweep? ReadConcat(Member member)
    {
        if (member.Value is not SequenceNode { Items.Count: > 0 } list)
        {
            _diagnostics.Add(
                member.Value.Location,
                $"concat: {member.Value.Description} where a list of sweeps is expected"
            );
            return null;
        }

        var parts = new List<Sweep>();
        foreach (var item in list.Items)
        {
            var reader = new SweepReader(context);
            if (reader.Read(item) is { } part)
            {
                parts.Add(part);
            }

            foreach (var name in reader._definedBy.Keys)
            {
                Define(ScalarNode.String(member.Key.Location, name), "concat");
            }
        }

        return parts.Count == list.Items.Count ? new ConcatSweep(parts) : null;
    }

    private Sweep Finish(Sweep sweep, Section section)
    {
        sweep = new RulesReader(this, context).Read(sweep, section);
        if (Section.Read(section["repeat"], SweepSchemas.Repeat, _diagnostics) is { } repeat)
        {
            sweep = Repeat(sweep, repeat);
        }

        sweep = Order(sweep, section);
        return section.WholeNumber("limit", 1) is { } limit ? new LimitSweep(sweep, limit, context.OnWalk) : sweep;
    }

    private Sweep Order(Sweep sweep, Section section)
    {
        switch (section.Word("order"))
        {
            case "shuffle":
                var permutation = new Permutation(new SeededRandom(context.Seed, "\norder"), sweep.Size);
                return new OrderedSweep(sweep, position => permutation[position]);
            case "spread":
                return OrderedSweep.Spread(sweep);
            default:
                return sweep;
        }
    }

    private Sweep Repeat(Sweep sweep, Section repeat)
    {
        var name = repeat.Scalar("as") ?? ScalarNode.String(repeat.Location, "replicate");
        var times = repeat.WholeNumber("times", 1);
        repeat.Require("times", "how often each run is made");
        if (times is not { } number || Define(name, "repeat") is not { } slot)
        {
            return sweep;
        }

        context.Replicates[slot] = repeat.Location;
        return new RepeatSweep(sweep, number, slot);
    }
}
