namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>The first points, up to a limit. Where the sweep has gaps, the first use finds their positions.</summary>
internal sealed class LimitSweep(Sweep source, long limit, Action<SweepWalk>? onWalk = null) : Sweep
{
    private readonly Lazy<IReadOnlyList<long>?> _positions = new(() =>
        source.HasGaps ? Kept(source, limit, onWalk) : null
    );

    public override long Size => _positions.Value?.Count ?? Math.Min(limit, source.Size);

    public override IReadOnlyList<int> Slots => source.Slots;

    public override SweepShape Shape => source.Shape;

    public override bool Varies(int slot) => source.Varies(slot);

    public override bool Fill(long position, Point point) =>
        source.Fill(_positions.Value is { } positions ? positions[(int)position] : position, point);

    private static List<long> Kept(Sweep source, long limit, Action<SweepWalk>? onWalk)
    {
        var slots = source.Slots.Count == 0 ? 0 : source.Slots.Max() + 1;
        var kept = new List<long>();
        for (var position = 0L; position < source.Size && kept.Count < limit; position++)
        {
            SweepWalk.Report(onWalk, position + 1, source.Size);
            if (source.Fill(position, new Point(slots)))
            {
                kept.Add(position);
            }
        }

        return kept;
    }
}
