using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>Every point several times, as replicates numbered from 1.</summary>
internal sealed class RepeatSweep : Sweep
{
    private readonly Sweep _source;
    private readonly long _times;
    private readonly int _slot;

    /// <param name="source">The points to repeat.</param>
    /// <param name="times">The number of replicates; at least 1.</param>
    /// <param name="slot">The parameter that holds the replicate's number.</param>
    /// <exception cref="OverflowException">There are more points than a 64-bit number can count.</exception>
    public RepeatSweep(Sweep source, long times, int slot)
    {
        _source = source;
        _times = times;
        _slot = slot;
        Size = checked(source.Size * times);
        Slots = [.. source.Slots, slot];
    }

    public override long Size { get; }

    public override IReadOnlyList<int> Slots { get; }

    public override SweepShape Shape => _source.Shape;

    public override bool HasGaps => _source.HasGaps;

    public override bool Varies(int slot) => slot == _slot ? _times > 1 : _source.Varies(slot);

    public override bool Fill(long position, Point point)
    {
        var (at, replicate) = Math.DivRem(position, _times);
        point.Values[_slot] = Value.Number(replicate + 1);
        point.AddReplicate(replicate + 1);
        return _source.Fill(at, point);
    }
}
