using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Expressions;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>sweep.runs</c>.</summary>
internal sealed class RunsReader(SweepReader sweep, DiagnosticBag diagnostics)
{
    private const string Block = "runs";

    public RunList? Read(Node node)
    {
        if (node is not SequenceNode list)
        {
            diagnostics.Add(
                node.Location,
                $"runs: {node.Description} where a list of runs is expected, each a mapping of parameters"
            );
            return null;
        }

        if (list.Items.Count == 0)
        {
            diagnostics.Add(node.Location, "runs has no runs");
        }

        var before = diagnostics.Count;
        var runs = list.Items.Select(ReadRun).ToList();
        return diagnostics.Count > before ? null : new RunList(runs!);
    }

    private WrittenRun? ReadRun(Node node)
    {
        if (node is not MappingNode mapping)
        {
            diagnostics.Add(
                node.Location,
                $"runs: {node.Description} where a run is expected, a mapping of parameters"
            );
            return null;
        }

        string? name = null;
        var values = new List<(int Slot, Value Value)>();
        foreach (var (key, written) in mapping.Members)
        {
            if (key.Text == "name")
            {
                name = ReadName(written);
                continue;
            }

            var slot = sweep.Define(key, Block);
            var value = ValueReader.Single(key.Text, sweep.ValuesFor(key, written), diagnostics);
            if (slot is not null && value is not null)
            {
                values.Add((slot.Value, value));
            }
        }

        return new WrittenRun(name, values);
    }

    private string? ReadName(Node node)
    {
        if (node is ScalarNode { Text.Length: > 0 } scalar && !Template.IsIn(scalar.Text))
        {
            return scalar.Text;
        }

        diagnostics.Add(node.Location, $"runs: {node.Description} is not a run's name; write a few words");
        return null;
    }
}
