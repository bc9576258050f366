using System.Globalization;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Statistics;

/// <summary>
/// A parameter's values in a limited number of classes: one class per value if there are few, otherwise ranges of
/// neighbouring numbers with about the same number of runs each.
/// </summary>
internal sealed class Classes
{
    private readonly Levels _levels;
    private readonly int[] _ofLevel;
    private readonly (int First, int Last)[] _bounds;

    private Classes(Levels levels, int[] ofLevel)
    {
        _levels = levels;
        _ofLevel = ofLevel;
        Count = ofLevel.Length == 0 ? 0 : ofLevel[^1] + 1;
        _bounds = new (int, int)[Count];
        for (var level = ofLevel.Length - 1; level >= 0; level--)
        {
            var last = level == ofLevel.Length - 1 || ofLevel[level + 1] != ofLevel[level];
            _bounds[ofLevel[level]] = (level, last ? level : _bounds[ofLevel[level]].Last);
        }
    }

    /// <summary>How many classes.</summary>
    public int Count { get; }

    /// <summary>Whether each class is one value.</summary>
    public bool AreLevels => Count == _levels.Count;

    /// <summary>The class of a row; -1 where it has no value.</summary>
    public int OfRow(int row) => _levels.OfRow[row] is var level and >= 0 ? _ofLevel[level] : -1;

    /// <summary>The number in the middle of a class; NaN for a class of texts.</summary>
    public double Middle(int index) =>
        _levels.Number(_bounds[index].First) / 2 + _levels.Number(_bounds[index].Last) / 2;

    /// <summary>The least and the greatest number of a class; NaN for a class of texts.</summary>
    public IReadOnlyList<double> Ends(int index) =>
        [_levels.Number(_bounds[index].First), _levels.Number(_bounds[index].Last)];

    /// <summary>Whether a class may hold several numbers that are neighbours.</summary>
    public bool AreRanges => !AreLevels && _levels.AreNumbers;

    /// <summary>A class in words: a value as written, the bounds of a range, or the number of texts that share the class.</summary>
    public string Label(int index) =>
        _bounds[index] is var (first, last) && first == last ? _levels.Label(first)
        : _levels.AreNumbers ? $"{Bound(first)} … {Bound(last)}"
        : string.Create(CultureInfo.InvariantCulture, $"({last - first + 1} more)");

    /// <summary>A bound to about a hundredth of a class's width: random draws have seventeen digits.</summary>
    private string Bound(int level)
    {
        var width = (_levels.Number(_levels.Count - 1) - _levels.Number(0)) / Count;
        var decimals = width > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(width)), 0, 15) : 15;
        var (written, rounded) = (
            _levels.Label(level),
            Math.Round(_levels.Number(level), decimals).ToString("R", CultureInfo.InvariantCulture)
        );
        return rounded.Length < written.Length ? rounded : written;
    }

    /// <param name="levels">The parameter's values.</param>
    /// <param name="most">The most classes; texts beyond that share the last one.</param>
    public static Classes Of(Levels levels, int most)
    {
        var ofLevel = new int[levels.Count];
        if (levels.Count <= most)
        {
            for (var level = 0; level < ofLevel.Length; level++)
            {
                ofLevel[level] = level;
            }
        }
        else if (levels.AreNumbers)
        {
            Divide(Sizes(levels), most, ofLevel);
        }
        else
        {
            for (var level = 0; level < ofLevel.Length; level++)
            {
                ofLevel[level] = Math.Min(level, most - 1);
            }
        }

        return new Classes(levels, ofLevel);
    }

    private static long[] Sizes(Levels levels)
    {
        var sizes = new long[levels.Count];
        foreach (var level in levels.OfRow)
        {
            if (level >= 0)
            {
                sizes[level]++;
            }
        }

        return sizes;
    }

    /// <summary>The class of a level is where the middle of its runs falls among all runs.</summary>
    private static void Divide(long[] sizes, int most, int[] ofLevel)
    {
        var total = sizes.Sum();
        var (before, last, index) = (0L, -1L, -1);
        for (var level = 0; level < sizes.Length; level++)
        {
            var share = (2 * before + sizes[level]) * most / (2 * total);
            index += share > last ? 1 : 0;
            last = share;
            before += sizes[level];
            ofLevel[level] = index;
        }
    }
}
