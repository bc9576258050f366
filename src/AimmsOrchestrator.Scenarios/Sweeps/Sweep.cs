namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>
/// A lazy list of points, any of which can be had at once by its position. Blocks of a scenario's sweep are sweeps, and so
/// is whatever they are combined to. Some positions may turn out to hold no point (<c>when</c>): only then must the list be
/// walked to be counted.
/// </summary>
internal abstract class Sweep
{
    private readonly GapIndex _marks = new();

    /// <summary>How many positions.</summary>
    public abstract long Size { get; }

    /// <summary>The parameters it gives values to, in order.</summary>
    public abstract IReadOnlyList<int> Slots { get; }

    /// <summary>Whether a position may hold no point.</summary>
    public virtual bool HasGaps => false;

    /// <summary>Whether a parameter has more than one value over the points, or is missing from some.</summary>
    public abstract bool Varies(int slot);

    /// <summary>Writes the values of one point into the slots that are this sweep's; false where the position holds none.</summary>
    public abstract bool Fill(long position, Point point);

    /// <summary>The points from one on, each with room for so many slots.</summary>
    public IEnumerable<Point> From(long index, int slots)
    {
        var (at, position) = HasGaps ? _marks.Before(index) : (index, index);
        for (; position < Size; position++)
        {
            var point = new Point(slots);
            if (!Fill(position, point))
            {
                continue;
            }

            if (HasGaps)
            {
                _marks.Note(at, position);
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

    public override bool Varies(int slot) => false;

    public override bool Fill(long position, Point point) => true;
}
