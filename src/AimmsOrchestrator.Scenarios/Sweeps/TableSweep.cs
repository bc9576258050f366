using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>One point per row of a file.</summary>
internal sealed class TableSweep(IReadOnlyList<int> slots, IReadOnlyList<IReadOnlyList<Value?>> rows) : Sweep
{
    public override long Size => rows.Count;

    public override IReadOnlyList<int> Slots => slots;

    public override bool Varies(int slot)
    {
        var column = slots.ToList().IndexOf(slot);
        return column >= 0
            && rows.Any(row => row[column] is null || rows[0][column] is not { } first || !row[column]!.Same(first));
    }

    public override bool Fill(long position, Point point)
    {
        for (var i = 0; i < slots.Count; i++)
        {
            point.Values[slots[i]] = rows[(int)position][i];
        }

        return true;
    }
}
