namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>
/// The product-limit estimate of E. Kaplan and P. Meier ("Nonparametric estimation from incomplete observations", Journal
/// of the American Statistical Association 53, 1958), smoothed: each task that has ended is smeared in log time, each task
/// that still runs counts as at risk up to the age at which it was last seen running, and the prior fills what neither says.
/// </summary>
internal static class SurvivalEstimate
{
    /// <summary>The survival function that samples make likely.</summary>
    /// <param name="ended">Run times of ended tasks, in seconds; more than 0, ascending.</param>
    /// <param name="running">Ages at which running tasks were last seen running, in seconds.</param>
    public static SurvivalFunction Of(double[] ended, IReadOnlyList<double> running)
    {
        var logs = Array.ConvertAll(ended, Math.Log);
        var widths = Bandwidths.Of(logs);
        var oldest = running.Count == 0 ? 0 : running.Max();
        var edges = Edges(logs, widths);
        var ages = AgeGrid.Around(edges, Math.Max(oldest, ended.Length == 0 ? 0 : ended[^1]));
        var deaths = Deaths(logs, widths, ages);
        var censored = Censored(running, ages);
        var survival = new double[ages.Length];
        survival[0] = 1;
        var left = (double)ended.Length;
        for (var i = 1; i < ages.Length; i++)
        {
            left = Math.Max(left, deaths[i]);
            var prior = ScaleFreePrior.Weight * ScaleFreePrior.CumulativeHazard(ages[i - 1], ages[i]);
            var atRisk = left + censored[i] + ScaleFreePrior.Weight;
            survival[i] = survival[i - 1] * Math.Max(1 - ((deaths[i] + prior) / atRisk), 1e-9);
            if (survival[i] < 1e-9)
            {
                return new SurvivalFunction(ages[..(i + 1)], survival[..(i + 1)]);
            }

            left -= deaths[i];
        }

        return new SurvivalFunction(ages, survival);
    }

    private static IEnumerable<double> Edges(double[] logs, double[] widths)
    {
        // As many as a grid needs to follow the samples, their first and last always among them.
        var step = Math.Max(1, logs.Length / 100);
        for (var i = 0; i < logs.Length; i = i == logs.Length - 1 ? logs.Length : Math.Min(i + step, logs.Length - 1))
        {
            for (var part = -4; part <= 4; part++)
            {
                yield return Math.Exp(logs[i] + (widths[i] * part / 4));
            }
        }
    }

    /// <summary>Per stretch of the grid, named by its end, how many of the smeared samples ended in it.</summary>
    private static double[] Deaths(double[] logs, double[] widths, double[] ages)
    {
        var grid = Array.ConvertAll(ages, Math.Log);
        var deaths = new double[ages.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            var first = Array.BinarySearch(grid, logs[i] - widths[i]);
            first = Math.Max(first < 0 ? ~first : first, 1);
            var before = 0.0;
            for (var j = first; before < 1 && j < grid.Length; j++)
            {
                var share = j == grid.Length - 1 ? 1 : Epanechnikov((grid[j] - logs[i]) / widths[i]);
                deaths[j] += share - before;
                before = share;
            }
        }

        return deaths;
    }

    /// <summary>The distribution function of V. Epanechnikov's kernel on [-1, 1].</summary>
    private static double Epanechnikov(double x) =>
        x >= 1 ? 1
        : x <= -1 ? 0
        : 0.5 + (0.25 * x * (3 - (x * x)));

    /// <summary>Per stretch of the grid how many tasks were seen running at its end.</summary>
    private static double[] Censored(IReadOnlyList<double> running, double[] ages)
    {
        var censored = new double[ages.Length + 1];
        foreach (var age in running)
        {
            var index = Array.BinarySearch(ages, age);
            censored[index < 0 ? ~index - 1 : index]++;
        }

        for (var i = ages.Length - 1; i >= 0; i--)
        {
            censored[i] += censored[i + 1];
        }

        return censored;
    }
}
