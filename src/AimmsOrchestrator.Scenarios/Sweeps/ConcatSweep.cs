using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>Whole sweeps, one after the other.</summary>
internal sealed class ConcatSweep : Sweep
{
    private readonly IReadOnlyList<Sweep> _parts;
    private readonly HashSet<int> _varying;

    /// <exception cref="OverflowException">There are more points than a 64-bit number can count.</exception>
    public ConcatSweep(IReadOnlyList<Sweep> parts)
    {
        _parts = parts;
        Size = parts.Aggregate(0L, (size, part) => checked(size + part.Size));
        Slots = [.. parts.SelectMany(part => part.Slots).Distinct()];
        HasGaps = parts.Any(part => part.HasGaps);
        _varying = [.. Slots.Where(IsVarying)];
    }

    public override long Size { get; }

    public override IReadOnlyList<int> Slots { get; }

    public override bool HasGaps { get; }

    public override bool Varies(int slot) => _varying.Contains(slot);

    public override bool Fill(long position, Point point)
    {
        foreach (var part in _parts)
        {
            if (position < part.Size)
            {
                return part.Fill(position, point);
            }

            position -= part.Size;
        }

        throw new ArgumentOutOfRangeException(nameof(position), position, "There is no such point.");
    }

    private bool IsVarying(int slot)
    {
        if (_parts.Any(part => part.Varies(slot) || !part.Slots.Contains(slot)))
        {
            return true;
        }

        var values = _parts.Select(part => First(part, slot)).ToList();
        return values.Exists(value => value is null || !value.Same(values[0]!));
    }

    private static Value? First(Sweep part, int slot)
    {
        var point = new Point(part.Slots.Max() + 1);
        if (part.Size > 0)
        {
            part.Fill(0, point);
        }

        return point.Values[slot];
    }
}
