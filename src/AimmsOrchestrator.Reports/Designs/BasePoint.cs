using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>
/// The point round which parameters move one at a time: each parameter's most frequent value. Whatever order the runs are
/// in, and however often each is repeated, that is the base.
/// </summary>
internal sealed class BasePoint
{
    private readonly IReadOnlyList<FrameColumn> _parameters;
    private readonly int[] _levels;

    public BasePoint(IReadOnlyList<FrameColumn> parameters)
    {
        _parameters = parameters;
        _levels = [.. parameters.Select(p => MostFrequent(p.Levels))];
    }

    /// <summary>Which parameter a row moves, by its place: -1 for none; null where it moves several.</summary>
    public int? Moved(int row)
    {
        var moved = -1;
        for (var i = 0; i < _levels.Length; i++)
        {
            if (_parameters[i].Levels.OfRow[row] == _levels[i])
            {
                continue;
            }

            if (moved >= 0)
            {
                return null;
            }

            moved = i;
        }

        return moved;
    }

    /// <summary>The parameter's value there, as written.</summary>
    public string Label(int parameter) => _parameters[parameter].Levels.Label(_levels[parameter]);

    private static int MostFrequent(Levels levels)
    {
        var counts = new long[levels.Count];
        foreach (var level in levels.OfRow)
        {
            if (level >= 0)
            {
                counts[level]++;
            }
        }

        return Array.IndexOf(counts, counts.Max());
    }
}
