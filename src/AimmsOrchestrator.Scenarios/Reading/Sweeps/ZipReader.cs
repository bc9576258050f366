using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>sweep.zip</c>.</summary>
internal sealed class ZipReader(SweepReader sweep, DiagnosticBag diagnostics)
{
    public ZipSweep? Read(Node node)
    {
        if (node is not MappingNode { Members.Count: > 0 } mapping)
        {
            diagnostics.Add(node.Location, $"zip: {node.Description} where parameters and their values are expected");
            return null;
        }

        var before = diagnostics.Count;
        var slots = new List<int>();
        var values = new List<ValueList>();
        foreach (var member in mapping.Members)
        {
            var slot = sweep.Define(member.Key, "zip");
            var list = ValueReader.Values(member.Name, sweep.ValuesFor(member.Key, member.Value), diagnostics);
            if (slot is null || list is null)
            {
                continue;
            }

            if (values.Count > 0 && list.Count != values[0].Count)
            {
                diagnostics.Add(
                    member.Key.Location,
                    $"zip: {member.Name} has {list.Count} values and {mapping.Members[0].Name} has {values[0].Count}; they go side by side, so they need the same number of values"
                );
            }

            slots.Add(slot.Value);
            values.Add(list);
        }

        return diagnostics.Count > before ? null : new ZipSweep(slots, values);
    }
}
