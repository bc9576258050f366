using System.Globalization;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Sweeps;
using AimmsOrchestrator.Scenarios.Values;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Sweeps;

/// <summary>Reads <c>sweep.oat</c>: one at a time.</summary>
internal sealed class OatReader(SweepReader sweep, DiagnosticBag diagnostics)
{
    private const string Block = "oat";

    /// <summary>The largest base of percentages: decimal arithmetic cannot overflow below it.</summary>
    private const decimal Largest = 100_000_000_000_000_000_000m;

    public OatSweep? Read(Node node)
    {
        var before = diagnostics.Count;
        if (Section.Read(node, SweepSchemas.Oat, diagnostics) is not { } section)
        {
            return null;
        }

        var (basis, vary) = (Mapping(section, "base"), Mapping(section, "vary"));
        if (basis is null || vary is null)
        {
            return null;
        }

        var point = new List<(string Name, int Slot, Value Value)>();
        foreach (var (key, written) in basis.Members)
        {
            var slot = sweep.Define(key, Block);
            var isVaried = vary.Find(key.Text) is not null;
            var value = ValueReader.Single(key.Text, isVaried ? written : sweep.ValuesFor(key, written), diagnostics);
            if (slot is not null && value is not null)
            {
                point.Add((key.Text, slot.Value, value));
            }
        }

        if (diagnostics.Count > before)
        {
            return null;
        }

        var variations = vary.Members.Select(member => Variation(member, point)).ToList();
        return diagnostics.Count > before
            ? null
            : new OatSweep([.. point.Select(entry => (entry.Slot, entry.Value))], variations!);
    }

    private MappingNode? Mapping(Section section, string key)
    {
        if (section[key] is MappingNode { Members.Count: > 0 } mapping)
        {
            return mapping;
        }

        diagnostics.Add(
            section[key]?.Location ?? section.Location,
            "oat needs both: base, a value for each parameter, and vary, the values to try for some of them"
        );
        return null;
    }

    private Variation? Variation(Member member, List<(string Name, int Slot, Value Value)> point)
    {
        var at = point.FindIndex(entry => entry.Name == member.Name);
        if (at < 0)
        {
            var hint = DidYouMean.Hint(member.Name, point.Select(entry => entry.Name));
            diagnostics.Add(member.Key.Location, $"oat.vary: base has no {member.Name}{hint}");
            return null;
        }

        var written = sweep.ValuesFor(member.Key, member.Value);
        var (_, slot, value) = point[at];
        var values =
            written is MappingNode mapping && mapping.Find("percent") is { } percent
                ? Percentages(member.Name, mapping, percent, value)
                : ValueReader.Values(member.Name, written, diagnostics);
        return values is null ? null : new Variation(slot, values, values.IndicesOf(value));
    }

    /// <summary>Percentages above or below the base, in decimal arithmetic.</summary>
    private WrittenValues? Percentages(string name, MappingNode mapping, Node percent, Value basis)
    {
        var section = Section.Read(mapping, SweepSchemas.Percent, diagnostics, name)!;
        if (basis.Decimal is not { } start || Math.Abs(start) > Largest)
        {
            section.Report(
                "percent",
                basis.IsNumber
                    ? $"the base's value, {basis.Text}, has more than 28 digits, or 20 before the point"
                    : $"the base's value, {basis.Text}, is not a number to take a percentage of"
            );
            return null;
        }

        if (ValueReader.Values($"{name}.percent", percent, diagnostics) is not { } changes)
        {
            return null;
        }

        var values = new List<Value>();
        for (var i = 0L; i < changes.Count; i++)
        {
            if (changes[i].Decimal is not { } change || Math.Abs(change) > 1_000_000)
            {
                section.Report("percent", $"{changes[i].Text} is not a percentage; write [-10, 10]");
                return null;
            }

            var value = start * (100 + change) / 100;
            if (value * 100 != start * (100 + change))
            {
                section.Report("percent", $"{changes[i].Text} % of {basis.Text} has more than 28 digits");
                return null;
            }

            values.Add(Value.Number(value.ToString("0.############################", CultureInfo.InvariantCulture)));
        }

        return new WrittenValues(values);
    }
}
