using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Charts;

/// <summary>How the mean of a sample settles as runs are added, so that a reader sees whether more are needed.</summary>
internal static class Convergence
{
    private const int MostPoints = 100;
    private const int First = 5;

    /// <summary>
    /// The mean of the first draws with its 95 % confidence interval; null for a sample too small to settle, and for one of which
    /// only the runs of a draw differ.
    /// </summary>
    public static LineChart? Of(ChartSubject subject)
    {
        var draws = subject.Design.Draws.Average(subject.Values);
        var count = draws.Rows.Length;
        if (count < 2 * First || (draws.HaveRepeats && draws.AreConstant))
        {
            return null;
        }

        var shown = Enumerable
            .Range(0, MostPoints)
            .Select(i => First + (int)((long)(count - First) * i / (MostPoints - 1)))
            .ToHashSet();
        var (means, low, high) = (new List<ChartPoint>(), new List<ChartPoint>(), new List<ChartPoint>());
        var mean = new RatioMean();
        foreach (var (index, row) in draws.Rows.Index())
        {
            var n = index + 1;
            mean.Add(draws.Values[row], draws.RunsOf(row));
            if (!shown.Contains(n))
            {
                continue;
            }

            var half = mean.HalfWidth();
            if (!double.IsFinite(mean.Mean) || !double.IsFinite(half))
            {
                return null;
            }

            means.Add(new ChartPoint(n, mean.Mean));
            low.Add(new ChartPoint(n, mean.Mean - half));
            high.Add(new ChartPoint(n, mean.Mean + half));
        }

        var (what, of) =
            !draws.HaveRepeats ? ("runs", "")
            : draws.HaveEqualRuns ? ("draws", ", of each draw the mean of its runs")
            : ("draws", ", of each draw the mean of its runs with their number as its weight");
        return new LineChart
        {
            Id = subject.Names.Of(subject.Name, "convergence"),
            Title = $"How the mean of {subject.Name} settles",
            Note = $"Where the lines are still closing, more {what} make the mean surer.",
            Method =
                $"The mean of the first {what} in the batch’s order{of}, with its 95 % confidence interval by Student’s t.",
            X = new Axis($"number of {what}", IsWhole: true),
            Y = new Axis(subject.Name),
            Series =
            [
                new ChartSeries("mean", means),
                new ChartSeries("95 % low", low),
                new ChartSeries("95 % high", high),
            ],
        };
    }
}
