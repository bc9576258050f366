using AimmsOrchestrator.Domain.Planning;

namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>
/// A lazy list of points with random access by position. The blocks of a scenario's sweep are sweeps, and so are their
/// combinations. Some positions may hold no point (<c>when</c>): only then must the list be walked to count it.
/// </summary>
internal abstract class Sweep
{
    private readonly GapIndex _gaps = new();

    /// <summary>The number of positions.</summary>
    public abstract long Size { get; }

    /// <summary>The parameters it gives values to, in order.</summary>
    public abstract IReadOnlyList<int> Slots { get; }

    /// <summary>How its points lie; a list unless the sweep states more.</summary>
    public virtual SweepShape Shape => new(DesignForm.Listed, Slots);

    /// <summary>Whether a position may hold no point.</summary>
    public virtual bool HasGaps => false;

    /// <summary>Whether a parameter has more than one value over the points, or is missing from some.</summary>
    public abstract bool Varies(int slot);

    /// <summary>Writes the values of one point into this sweep's slots; false where the position holds no point.</summary>
    public abstract bool Fill(long position, Point point);

    /// <summary>The points from an index on, each with a number of slots.</summary>
    public IEnumerable<Point> From(long index, int slots)
    {
        var (at, position) = HasGaps ? _gaps.Before(index) : (index, index);
        for (; position < Size; position++)
        {
            var point = new Point(slots);
            if (!Fill(position, point))
            {
                continue;
            }

            if (HasGaps)
            {
                _gaps.Record(at, position);
            }

            if (at++ >= index)
            {
                yield return point;
            }
        }
    }
}

/// <summary>One point without parameters: a scenario that sweeps nothing.</summary>
internal sealed class SinglePoint : Sweep
{
    public override long Size => 1;

    public override IReadOnlyList<int> Slots => [];

    public override SweepShape Shape => new(DesignForm.Grid, []);

    public override bool Varies(int slot) => false;

    public override bool Fill(long position, Point point) => true;
}
