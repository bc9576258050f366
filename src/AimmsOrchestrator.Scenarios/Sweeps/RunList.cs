using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>One run that the scenario writes out.</summary>
internal sealed record WrittenRun(string? Name, IReadOnlyList<(int Slot, Value Value)> Values);

/// <summary>Runs written out one by one, each with its own parameters and an optional name.</summary>
internal sealed class RunList(IReadOnlyList<WrittenRun> runs) : Sweep
{
    public override long Size => runs.Count;

    public override IReadOnlyList<int> Slots { get; } =
    [.. runs.SelectMany(run => run.Values).Select(pair => pair.Slot).Distinct()];

    public override bool Varies(int slot)
    {
        var values = runs.SelectMany(run => run.Values).Where(pair => pair.Slot == slot).Select(pair => pair.Value);
        var all = values.ToList();
        return all.Count > 0 && (all.Count < runs.Count || all.Any(value => !value.Same(all[0])));
    }

    public override bool Fill(long position, Point point)
    {
        var run = runs[(int)position];
        foreach (var (slot, value) in run.Values)
        {
            point.Values[slot] = value;
        }

        if (run.Name is not null)
        {
            point.GiveName(run.Name, Slots);
        }

        return true;
    }
}
