using MathNet.Numerics.Distributions;

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
        var (mean, squares) = (0.0, 0.0);
        foreach (var (index, row) in draws.Rows.Index())
        {
            // Welford (1962).
            var n = index + 1;
            var step = draws.Values[row] - mean;
            mean += step / n;
            squares += step * (draws.Values[row] - mean);
            if (!shown.Contains(n))
            {
                continue;
            }

            var half = StudentT.InvCDF(0, 1, n - 1, 0.975) * Math.Sqrt(squares / (n - 1) / n);
            if (!double.IsFinite(mean) || !double.IsFinite(half))
            {
                return null;
            }

            means.Add(new ChartPoint(n, mean));
            low.Add(new ChartPoint(n, mean - half));
            high.Add(new ChartPoint(n, mean + half));
        }

        var (what, of) = draws.HaveRepeats ? ("draws", ", of each draw the mean of its runs") : ("runs", "");
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
