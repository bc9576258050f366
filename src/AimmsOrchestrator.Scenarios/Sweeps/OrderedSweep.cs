namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>The same points in another order.</summary>
/// <param name="source">The points in the order they are written.</param>
/// <param name="positionAt">The point at a position; each occurs once.</param>
internal sealed class OrderedSweep(Sweep source, Func<long, long> positionAt) : Sweep
{
    public override long Size => source.Size;

    public override IReadOnlyList<int> Slots => source.Slots;

    public override SweepShape Shape => source.Shape;

    public override bool HasGaps => source.HasGaps;

    public override bool Varies(int slot) => source.Varies(slot);

    public override bool Fill(long position, Point point) => source.Fill(positionAt(position), point);

    /// <summary>
    /// Space-filling: steps of about the golden ratio around the list. The step shares no factor with the list's length, so
    /// that every point occurs once, and any first part is spread evenly over the whole list.
    /// </summary>
    public static OrderedSweep Spread(Sweep source)
    {
        var size = source.Size;
        var step = (long)(size * 0.6180339887498949);
        while (size > 1 && (step < 1 || Gcd(step, size) != 1))
        {
            step = step < 1 ? 1 : step + 1;
        }

        return new OrderedSweep(source, position => (long)((UInt128)position * (UInt128)step % (UInt128)size));
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
