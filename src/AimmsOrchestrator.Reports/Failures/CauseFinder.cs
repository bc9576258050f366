using System.Collections;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;
using MathNet.Numerics;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>
/// Finds what tells some runs from others: a condition on one parameter, or on two, that holds for nearly all of the ones
/// and hardly any of the others, and that chance alone would not bring about.
/// </summary>
internal sealed class CauseFinder
{
    private const double Pure = 0.9;
    private const int MostRowsForTwo = 100_000;
    private const int MostLevels = 200;
    private const long MostBits = 2_000_000_000;
    private const int MostListed = 6;

    private readonly double _mostChance;
    private readonly int[] _rows;
    private readonly BitArray _isOne;
    private readonly int _ones;
    private readonly List<Candidate> _singles;
    private readonly double _lists;

    /// <param name="frame">The batch.</param>
    /// <param name="ones">The runs.</param>
    /// <param name="others">The runs that they are compared with.</param>
    /// <param name="mostChance">The greatest probability that chance brought a condition about.</param>
    private CauseFinder(RunFrame frame, IReadOnlyList<int> ones, IReadOnlyList<int> others, double mostChance)
    {
        _mostChance = mostChance;
        _rows = [.. ones, .. others];
        _ones = ones.Count;
        _isOne = new BitArray(_rows.Length);
        for (var i = 0; i < _ones; i++)
        {
            _isOne[i] = true;
        }

        var parameters = frame.Parameters.Where(p => p.Levels.Count > 1).ToList();
        _singles = [.. parameters.SelectMany(Singles)];
        _lists = parameters.Sum(p => p.Levels.Count > 20 ? 0 : Math.Pow(2, Math.Min(20, p.Levels.Count)));
    }

    /// <summary>The simplest separation; null where none is clear enough, or chance may have brought it about.</summary>
    public static Separation? Find(
        RunFrame frame,
        IReadOnlyList<int> ones,
        IReadOnlyList<int> others,
        double mostChance = Chance.Most
    )
    {
        if (ones.Count == 0 || others.Count == 0)
        {
            return null;
        }

        var found = new CauseFinder(frame, ones, others, mostChance).Find();
        return found is null ? null : found with { Among = Among(frame, ones, others) };
    }

    /// <summary>Which runs the others are, so that nothing is said of runs that were not looked at.</summary>
    private static OtherRuns Among(RunFrame frame, IReadOnlyList<int> ones, IReadOnlyList<int> others)
    {
        return ones.Count + others.Count == frame.Count ? OtherRuns.All
            : !IsCompleted(ones[0]) && others.All(IsCompleted) ? OtherRuns.Completed
            : OtherRuns.Ended;

        bool IsCompleted(int row) => frame.Phases[row] == RunPhase.Completed;
    }

    private Separation? Find()
    {
        var best = Best(_singles);
        if (best is { IsExact: true } && ChanceOfExact(_singles.Count(c => c.Size == _ones)) <= _mostChance)
        {
            return best;
        }

        if (List() is { } list)
        {
            return list;
        }

        var pairs = _rows.Length > MostRowsForTwo ? [] : Pairs();
        var two = Best(pairs);
        if (two is { IsExact: true } && ChanceOfExact(pairs.Count(c => c.Size == _ones)) <= _mostChance)
        {
            return two;
        }

        return IsClear(best, _singles.Count) ? best
            : IsClear(two, pairs.Count) ? two
            : null;
    }

    private double ChanceOfExact(double sets) => Chance.OfExact(sets, _ones, _rows.Length);

    private bool IsClear(Separation? separation, int sets) =>
        separation is { } s
        && s.Hits >= Pure * s.Runs
        && s.Hits >= Pure * (s.Hits + s.OtherHits)
        && Chance.OfNear(sets, _ones, _rows.Length, (int)(s.Hits + s.OtherHits), (int)s.Hits) <= _mostChance;

    /// <summary>The candidate with the greatest difference between the two shares (Youden's J); of equal ones the first.</summary>
    private Separation? Best(IReadOnlyList<Candidate> candidates)
    {
        var others = _rows.Length - _ones;
        var best = candidates.MaxBy(c => (double)c.Hits / _ones - (double)(c.Size - c.Hits) / others);
        return best is null ? null : new Separation(best.Conditions, _ones, best.Hits, others, best.Size - best.Hits);
    }

    /// <summary>A list of values of one parameter that are exactly those of the runs.</summary>
    private Separation? List()
    {
        foreach (var column in _singles.Select(c => c.Conditions[0].Column).Distinct())
        {
            var levels = new SortedSet<int>(Enumerable.Range(0, _ones).Select(i => column.Levels.OfRow[_rows[i]]));
            if (levels.Min < 0 || levels.Count > MostListed || levels.Count == column.Levels.Count)
            {
                continue;
            }

            var condition = new Condition(column, Comparison.IsOneOf, [.. levels]);
            if (
                !Enumerable.Range(_ones, _rows.Length - _ones).Any(i => condition.Holds(_rows[i]))
                && ChanceOfExact(_lists + SpecialFunctions.Binomial(column.Levels.Count, levels.Count)) <= Chance.Most
            )
            {
                return new Separation([condition], _ones, _ones, _rows.Length - _ones, 0);
            }
        }

        return null;
    }

    private IEnumerable<Candidate> Singles(FrameColumn column)
    {
        var levels = column.Levels;
        var (all, ones) = (new int[levels.Count], new int[levels.Count]);
        for (var i = 0; i < _rows.Length; i++)
        {
            if (levels.OfRow[_rows[i]] is var level and >= 0)
            {
                all[level]++;
                ones[level] += i < _ones ? 1 : 0;
            }
        }

        var (allOf, onesOf) = (all.Sum(), ones.Sum());
        var (below, onesBelow) = (0, 0);
        var step = Math.Max(1, levels.Count / MostLevels);
        // The tightest bounds round the runs are tried however many values there are.
        var (least, greatest) = (Array.FindIndex(ones, n => n > 0), Array.FindLastIndex(ones, n => n > 0));
        // A value that occurs once tells a run from all others, whatever it is.
        var mayBeOne = levels.Count <= Math.Max(2, _rows.Length / 2);
        for (var level = 0; level < levels.Count; level++)
        {
            var isTried = level % step == 0;
            if (isTried && mayBeOne)
            {
                yield return Of(Comparison.Is, level, all[level], ones[level]);
            }

            if ((isTried || level == least) && levels.AreNumbers && level > 0)
            {
                yield return Of(Comparison.AtLeast, level, allOf - below, onesOf - onesBelow);
            }

            (below, onesBelow) = (below + all[level], onesBelow + ones[level]);
            if ((isTried || level == greatest) && levels.AreNumbers && level < levels.Count - 1)
            {
                yield return Of(Comparison.AtMost, level, below, onesBelow);
            }
        }

        Candidate Of(Comparison comparison, int level, int size, int hits) =>
            new([new Condition(column, comparison, [level])], size, hits);
    }

    /// <summary>Two conditions on different parameters, of those that hold for nearly all of the runs.</summary>
    private List<Candidate> Pairs()
    {
        var usable = _singles
            .Where(c => c.Hits >= Pure * _ones && c.Size < _rows.Length)
            .OrderBy(c => c.Size)
            .Take((int)Math.Sqrt(2.0 * MostBits / 32 / _rows.Length))
            .Select(c => (c.Conditions[0], Holds: Rows(c.Conditions[0])))
            .ToList();
        var pairs = new List<Candidate>();
        for (var second = 1; second < usable.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                var ((one, ofOne), (other, ofOther)) = (usable[first], usable[second]);
                if (one.Column == other.Column)
                {
                    continue;
                }

                var both = new BitArray(ofOne).And(ofOther);
                var (size, hits) = (Bits(both), Bits(new BitArray(both).And(_isOne)));
                if (hits >= Pure * _ones)
                {
                    pairs.Add(new Candidate([one, other], size, hits));
                }
            }
        }

        return pairs;
    }

    private BitArray Rows(Condition condition)
    {
        var holds = new BitArray(_rows.Length);
        for (var i = 0; i < _rows.Length; i++)
        {
            holds[i] = condition.Holds(_rows[i]);
        }

        return holds;
    }

    private static int Bits(BitArray bits)
    {
        var words = new int[(bits.Length + 31) / 32];
        bits.CopyTo(words, 0);
        return words.Sum(word => int.PopCount(word));
    }

    private sealed record Candidate(IReadOnlyList<Condition> Conditions, int Size, int Hits);
}
