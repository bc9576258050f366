using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps.Matrix;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>sweep.matrix</c>.</summary>
internal sealed class MatrixReader(SweepReader sweep, DiagnosticBag diagnostics)
{
    private const string Block = "matrix";

    private readonly List<string> _names = [];
    private readonly List<int> _slots = [];
    private readonly List<ValueList> _dimensions = [];

    public MatrixSweep? Read(Node node)
    {
        if (node is not MappingNode mapping)
        {
            diagnostics.Add(
                node.Location,
                $"matrix: {node.Description} where parameters and their values are expected"
            );
            return null;
        }

        var before = diagnostics.Count;
        foreach (var member in mapping.Members.Where(member => member.Name is not ("include" or "exclude")))
        {
            var slot = sweep.Define(member.Key, Block);
            var values = ValueReader.Values(member.Name, sweep.ValuesFor(member.Key, member.Value), diagnostics);
            if (slot is not null && values is not null)
            {
                _names.Add(member.Name);
                _slots.Add(slot.Value);
                _dimensions.Add(values);
            }
        }

        if (diagnostics.Count > before)
        {
            return null;
        }

        var excluded = Entries(mapping, "exclude").Select(Exclusion).OfType<CellPattern>().ToList();
        var included = Entries(mapping, "include").Select(Inclusion).OfType<Inclusion>().ToList();
        return diagnostics.Count > before ? null : Build(excluded, included, node.Location);
    }

    private MatrixSweep? Build(List<CellPattern> excluded, List<Inclusion> included, SourceLocation location)
    {
        try
        {
            return new MatrixSweep(_slots, _dimensions, excluded, included);
        }
        catch (OverflowException)
        {
            diagnostics.Add(location, "matrix makes more runs than can be counted");
            return null;
        }
    }

    private IEnumerable<MappingNode> Entries(MappingNode matrix, string key)
    {
        var entries = matrix.Find(key);
        if (entries is not (null or SequenceNode))
        {
            diagnostics.Add(entries.Location, $"matrix.{key} is a list of mappings, each of parameters and values");
        }

        foreach (var item in (entries as SequenceNode)?.Items ?? [])
        {
            if (item is MappingNode mapping)
            {
                yield return mapping;
            }
            else
            {
                var why = $"{item.Description} where a mapping of parameters is expected";
                diagnostics.Add(item.Location, $"matrix.{key}: {why}");
            }
        }
    }

    private CellPattern? Exclusion(MappingNode entry)
    {
        foreach (var key in entry.Members.Select(member => member.Key).Where(key => !_names.Contains(key.Text)))
        {
            diagnostics.Add(
                key.Location,
                $"matrix.exclude: the matrix has no {key.Text}{DidYouMean.Hint(key.Text, _names)}"
            );
        }

        return Pattern(entry) is { } pattern && pattern.Indices.All(indices => indices is not { Count: 0 })
            ? pattern
            : null;
    }

    private Inclusion? Inclusion(MappingNode entry)
    {
        var before = diagnostics.Count;
        var values = new List<(int Slot, Value Value)>();
        foreach (var (key, written) in entry.Members)
        {
            var isOwn = !_names.Contains(key.Text);
            var slot = sweep.Define(key, Block);
            var value = ValueReader.Single(key.Text, isOwn ? sweep.ValuesFor(key, written) : written, diagnostics);
            if (slot is not null && value is not null)
            {
                values.Add((slot.Value, value));
            }
        }

        var pattern = Pattern(entry);
        return diagnostics.Count > before || pattern is null
            ? null
            : new Inclusion(pattern, values, [.. values.Where(pair => !_slots.Contains(pair.Slot))]);
    }

    private CellPattern? Pattern(MappingNode entry)
    {
        var indices = new IReadOnlyList<long>?[_names.Count];
        foreach (var (key, written) in entry.Members)
        {
            var dimension = _names.IndexOf(key.Text);
            if (dimension >= 0)
            {
                if (ValueReader.Single(key.Text, written, diagnostics) is not { } value)
                {
                    return null;
                }

                indices[dimension] = _dimensions[dimension].IndicesOf(value);
            }
        }

        return new CellPattern(indices);
    }
}
