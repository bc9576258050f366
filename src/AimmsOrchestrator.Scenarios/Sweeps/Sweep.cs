using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Scenarios.Values;

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
    /// <param name="index">The first point.</param>
    /// <param name="slots">The number of parameters.</param>
    /// <param name="onWalk">Hears now and then how far a search through dropped points has come.</param>
    public IEnumerable<Point> From(long index, int slots, Action<SweepWalk>? onWalk = null)
    {
        var (at, position) = HasGaps ? _gaps.Before(index) : (index, index);
        for (; position < Size; position++)
        {
            var point = new Point(slots);
            if (!Fill(position, point))
            {
                SweepWalk.Report(onWalk, position + 1, Size);
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

/// <summary>How a sweep's points lie, as its blocks state it.</summary>
/// <param name="Form">Grid, one at a time, sample or list.</param>
/// <param name="Slots">The parameters that span it: neither derived nor the number of a replicate.</param>
internal sealed record SweepShape(DesignForm Form, IReadOnlyList<int> Slots)
{
    /// <summary>The base point's values; empty unless the form is one at a time.</summary>
    public IReadOnlyList<(int Slot, Value Value)> BasePoint { get; init; } = [];

    /// <summary>The parameters whose values are drawn.</summary>
    public IReadOnlyList<int> Sampled { get; init; } = [];

    /// <summary>
    /// The shape of a product. A factor of one point changes nothing; a sample stays one beside a grid; what else is
    /// multiplied has no form of its own.
    /// </summary>
    public static SweepShape OfProduct(IReadOnlyList<Sweep> factors)
    {
        var varying = factors.Where(factor => factor.Slots.Any(factor.Varies)).Select(factor => factor.Shape).ToList();
        if (varying is [var only])
        {
            return only;
        }

        var form =
            varying.TrueForAll(shape => shape.Form == DesignForm.Grid) ? DesignForm.Grid
            : varying.TrueForAll(shape => shape.Form is DesignForm.Grid or DesignForm.Sample) ? DesignForm.Sample
            : DesignForm.Listed;
        return new SweepShape(form, [.. varying.SelectMany(shape => shape.Slots)])
        {
            Sampled = [.. varying.SelectMany(shape => shape.Sampled)],
        };
    }
}
