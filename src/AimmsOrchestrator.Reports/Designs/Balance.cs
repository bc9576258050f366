using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Designs;

/// <summary>Whether parameters vary independently of each other among the runs that have a value.</summary>
internal static class Balance
{
    private const int MostCells = 50_000_000;
    private const int MostRows = 2000;
    private const int MostParameters = 30;
    private const double LeastCorrelation = 0.15;

    /// <summary>
    /// Whether every combination of the parameters' values occurs exactly once: only then are shares of variance exact. Several
    /// runs of a combination differ by chance, which the means have a part of.
    /// </summary>
    public static bool IsFullOnce(IReadOnlyList<FrameColumn> parameters, IReadOnlyList<int> rows) =>
        IsFull(parameters, rows) && Cells(parameters) >= rows.Count;

    /// <summary>Whether every combination of the parameters' values occurs equally often: then they vary independently.</summary>
    public static bool IsFull(IReadOnlyList<FrameColumn> parameters, IReadOnlyList<int> rows)
    {
        var cells = Cells(parameters);
        if (rows.Count == 0 || cells > Math.Min(MostCells, rows.Count))
        {
            return false;
        }

        var counts = new int[(int)cells];
        Levels[] axes = [.. parameters.Select(parameter => parameter.Levels)];
        foreach (var row in rows)
        {
            var cell = 0;
            foreach (var levels in axes)
            {
                if (levels.OfRow[row] is not (var level and >= 0))
                {
                    return false;
                }

                cell = cell * levels.Count + level;
            }

            counts[cell]++;
        }

        return Array.TrueForAll(counts, count => count == counts[0]);
    }

    /// <summary>
    /// Whether any two parameters are correlated by rank, by more than chance explains and enough to matter.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="draws">
    /// Which of the runs chance counts as one where a parameter of the pair is drawn; of a pair that is not, each run counts.
    /// </param>
    public static bool AreDependent(
        IReadOnlyList<FrameColumn> parameters,
        IReadOnlyList<int> rows,
        IndependentDraws draws
    )
    {
        var count = Math.Min(rows.Count, MostRows);
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Count / count)])];
        List<(bool IsDrawn, double[] Ranks)> all =
        [
            .. parameters
                .Where(p => p.Levels.AreNumbers)
                .Take(MostParameters)
                .Select(p =>
                    (draws.AreOver(p), Standardized(Array.ConvertAll(chosen, row => (double)p.Levels.OfRow[row])))
                ),
        ];
        var ofDraws = Least(chosen.Select(draws.DrawOf).Distinct().Count());
        var ofRuns = Least(count);
        return all.Where(
                (one, i) =>
                    all.Skip(i + 1)
                        .Any(other =>
                            Math.Abs(one.Ranks.Zip(other.Ranks, (a, b) => a * b).Sum())
                            > (one.IsDrawn || other.IsDrawn ? ofDraws : ofRuns)
                        )
            )
            .Any();

        static double Least(int independent) => Math.Max(LeastCorrelation, 4 / Math.Sqrt(independent));
    }

    private static double Cells(IReadOnlyList<FrameColumn> parameters) =>
        parameters.Aggregate(1.0, (product, p) => product * p.Levels.Count);

    /// <summary>With mean 0 and length 1, so that the product of two is their correlation.</summary>
    private static double[] Standardized(double[] numbers)
    {
        var mean = numbers.DefaultIfEmpty().Average();
        var length = Math.Sqrt(numbers.Sum(x => (x - mean) * (x - mean)));
        return Array.ConvertAll(numbers, x => length > 0 ? (x - mean) / length : 0);
    }
}
