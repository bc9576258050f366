using System.Collections;
using System.Globalization;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>Finds conditions on parameters that failed runs fulfil and completed runs do not.</summary>
internal sealed class ConditionFinder
{
    private const int MostListed = 6;
    private const int MostConditions = 60;
    private const int FewestForTwo = 4;
    private const double Pure = 0.9;

    private readonly List<(FrameColumn Column, long[] Completed)> _parameters;
    private readonly int[] _completed;
    private readonly int _rows;

    public ConditionFinder(RunFrame frame)
    {
        _rows = frame.Count;
        _completed = RowSelection.Where(frame.Count, row => frame.Phases[row] == RunPhase.Completed);
        _parameters =
        [
            .. frame.Parameters.Where(p => p.Levels.Count > 1).Select(p => (p, CountByLevel(p.Levels, _completed))),
        ];
    }

    /// <summary>
    /// The simplest conditions that all of the rows fulfil and no completed run does: one, else two of which both hold;
    /// empty where there are none.
    /// </summary>
    public IReadOnlyList<Condition> Exact(IReadOnlyList<int> failed)
    {
        if (_completed.Length == 0 || failed.Count == 0)
        {
            return [];
        }

        var common = _parameters
            .SelectMany(p => Common(p.Column, failed))
            .OrderBy(c => c.Comparison == Comparison.IsOneOf)
            .Take(MostConditions)
            .ToList();
        var single = common.Find(c => !Array.Exists(_completed, c.Holds));
        return single is not null ? [single] : Two(common, failed.Count);
    }

    /// <summary>The conditions in words; null if no simple condition separates the rows from the completed runs.</summary>
    public string? Describe(IReadOnlyList<int> failed)
    {
        var exact = Exact(failed);
        if (exact.Count > 0)
        {
            var who = failed.Count switch
            {
                1 => "it has",
                2 => "both have",
                var n => $"all {Count(n)} have",
            };
            return $"{who} {string.Join(" and ", exact.Select(c => c.Text))}";
        }

        return _completed.Length == 0 ? null : Near(failed);
    }

    /// <summary>The tightest conditions on one parameter that all of the rows fulfil.</summary>
    private IEnumerable<Condition> Common(FrameColumn column, IReadOnlyList<int> failed)
    {
        var (least, greatest) = (int.MaxValue, -1);
        var seen = new SortedSet<int>();
        foreach (var row in failed)
        {
            var level = column.Levels.OfRow[row];
            if (level < 0)
            {
                yield break;
            }

            (least, greatest) = (Math.Min(least, level), Math.Max(greatest, level));
            if (seen.Count <= MostListed)
            {
                seen.Add(level);
            }
        }

        if (column.Levels.AreNumbers && least > 0)
        {
            yield return new Condition(column, Comparison.AtLeast, [least]);
        }

        if (column.Levels.AreNumbers && greatest < column.Levels.Count - 1)
        {
            yield return new Condition(column, Comparison.AtMost, [greatest]);
        }

        // If most values occur once, a list of values separates any two sets of runs.
        if (seen.Count <= MostListed && !IsMostlyDistinct(column))
        {
            yield return new Condition(column, seen.Count == 1 ? Comparison.Is : Comparison.IsOneOf, [.. seen]);
        }
    }

    private bool IsMostlyDistinct(FrameColumn column) => column.Levels.Count > Math.Max(2, _rows / 2);

    private IReadOnlyList<Condition> Two(List<Condition> common, int failed)
    {
        // A box round two or three of many random points nearly always contains no other point.
        var usable = common.Where(c => failed >= FewestForTwo || !IsMostlyDistinct(c.Column)).ToList();
        var holds = usable.ConvertAll(c => new BitArray([.. _completed.Select(c.Holds)]));
        for (var second = 1; second < usable.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                if (!new BitArray(holds[first]).And(holds[second]).HasAnySet())
                {
                    return [usable[first], usable[second]];
                }
            }
        }

        return [];
    }

    private string? Near(IReadOnlyList<int> failed)
    {
        var best = _parameters
            .SelectMany(p =>
                Thresholds(p.Column, !IsMostlyDistinct(p.Column), p.Completed, CountByLevel(p.Column.Levels, failed))
            )
            .Where(c => c.Failed >= Pure * failed.Count && c.Failed >= Pure * (c.Failed + c.Completed))
            .OrderByDescending(c => (double)c.Failed / failed.Count - (double)c.Completed / _completed.Length)
            .FirstOrDefault();
        if (best.Condition is null)
        {
            return null;
        }

        var also = best.Completed switch
        {
            0 => "no completed run has",
            1 => $"1 of {Count(_completed.Length)} completed runs too",
            var n => $"{Count(n)} of {Count(_completed.Length)} completed runs too",
        };
        return $"{Count(best.Failed)} of {Count(failed.Count)} have {best.Condition.Text}, and {also}";
    }

    /// <summary>The condition of each kind that best separates failed from completed runs.</summary>
    private static IEnumerable<(Condition Condition, long Failed, long Completed)> Thresholds(
        FrameColumn column,
        bool mayBeOne,
        long[] completed,
        long[] failed
    )
    {
        var (allFailed, allCompleted) = (failed.Sum(), completed.Sum());
        var (belowFailed, belowCompleted) = (0L, 0L);
        (Comparison Sort, int Level, long Failed, long Completed) best = (Comparison.Is, 0, 0, 0);
        for (var level = 0; level < failed.Length; level++)
        {
            if (mayBeOne)
            {
                Try(Comparison.Is, level, failed[level], completed[level]);
            }

            if (column.Levels.AreNumbers)
            {
                Try(Comparison.AtLeast, level, allFailed - belowFailed, allCompleted - belowCompleted);
                (belowFailed, belowCompleted) = (belowFailed + failed[level], belowCompleted + completed[level]);
                Try(Comparison.AtMost, level, belowFailed, belowCompleted);
            }
        }

        if (best.Failed > 0)
        {
            yield return (new Condition(column, best.Sort, [best.Level]), best.Failed, best.Completed);
        }

        void Try(Comparison sort, int level, long f, long c)
        {
            // Youden's J without its constant: both shares have the same weight.
            if (
                f * Math.Max(1, allCompleted) - c * allFailed
                > best.Failed * Math.Max(1, allCompleted) - best.Completed * allFailed
            )
            {
                best = (sort, level, f, c);
            }
        }
    }

    private static long[] CountByLevel(Levels levels, IReadOnlyList<int> rows)
    {
        var counts = new long[levels.Count];
        foreach (var row in rows)
        {
            if (levels.OfRow[row] is var level and >= 0)
            {
                counts[level]++;
            }
        }

        return counts;
    }

    private static string Count(long n) => n.ToString(CultureInfo.InvariantCulture);
}
