namespace AimmsOrchestrator.Scenarios.Sweeps;

/// <summary>
/// The positions of every thousandth point of a sweep with gaps, recorded by each walk. A later walk that begins in the
/// middle need not start from the beginning.
/// </summary>
internal sealed class GapIndex
{
    private const int Every = 1000;

    private readonly Lock _gate = new();
    private readonly List<long> _positions = [];

    /// <summary>The last recorded point that is not behind a given one, and its position; the start where none is recorded.</summary>
    public (long Index, long Position) Before(long index)
    {
        lock (_gate)
        {
            var mark = (int)Math.Min(index / Every, _positions.Count - 1);
            return mark < 0 ? (0, 0) : (mark * (long)Every, _positions[mark]);
        }
    }

    public void Record(long index, long position)
    {
        if (index % Every != 0)
        {
            return;
        }

        lock (_gate)
        {
            if (index / Every == _positions.Count)
            {
                _positions.Add(position);
            }
        }
    }
}
