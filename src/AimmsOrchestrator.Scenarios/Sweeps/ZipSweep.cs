using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>Parameters side by side: the first values of all, the second values of all, and so on.</summary>
/// <param name="slots">The parameters.</param>
/// <param name="values">Their values, the same number for each.</param>
internal sealed class ZipSweep(IReadOnlyList<int> slots, IReadOnlyList<ValueList> values) : Sweep
{
    public override long Size => values[0].Count;

    public override IReadOnlyList<int> Slots => slots;

    public override bool Varies(int slot) => slots.Zip(values).Any(pair => pair.First == slot && pair.Second.Varies);

    public override bool Fill(long position, Point point)
    {
        for (var i = 0; i < slots.Count; i++)
        {
            point.Values[slots[i]] = values[i][position];
        }

        return true;
    }
}
