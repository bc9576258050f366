namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>Sibling blocks multiply, the last varying fastest. The product of no blocks is one point without parameters.</summary>
internal sealed class ProductSweep : Sweep
{
    private readonly IReadOnlyList<Sweep> _factors;

    /// <exception cref="OverflowException">There are more points than a 64-bit number can count.</exception>
    public ProductSweep(IReadOnlyList<Sweep> factors)
    {
        _factors = factors;
        Slots = [.. factors.SelectMany(factor => factor.Slots)];
        Size = factors.Aggregate(1L, (size, factor) => checked(size * factor.Size));
        HasGaps = factors.Any(factor => factor.HasGaps);
    }

    public override long Size { get; }

    public override IReadOnlyList<int> Slots { get; }

    public override SweepShape Shape => SweepShape.OfProduct(_factors);

    public override bool HasGaps { get; }

    public override bool Varies(int slot) => _factors.Any(factor => factor.Varies(slot));

    public override bool Fill(long position, Point point)
    {
        for (var i = _factors.Count - 1; i >= 0; i--)
        {
            (position, var within) = Math.DivRem(position, _factors[i].Size);
            if (!_factors[i].Fill(within, point))
            {
                return false;
            }
        }

        return true;
    }
}
