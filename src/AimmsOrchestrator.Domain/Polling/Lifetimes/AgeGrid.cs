namespace AimmsOrchestrator.Domain.Polling.Lifetimes;

/// <summary>The ages, in seconds, at which a survival function is tabulated: in proportion, and close round every sample.</summary>
internal static class AgeGrid
{
    /// <summary>How much older each age is than the one before.</summary>
    private const double Ratio = 1.015;

    /// <summary>Below this age a poll comes at the same time as any other.</summary>
    private const double Least = 0.005;

    /// <summary>Ascending ages from 0 far beyond the samples.</summary>
    /// <param name="edges">Ages at which the survival function turns; any order.</param>
    /// <param name="longest">The longest age that matters.</param>
    public static double[] Around(IEnumerable<double> edges, double longest)
    {
        var last = Math.Max(longest, 3600) * 30;
        var ages = new List<double> { 0 };
        for (var age = Least; age < last; age *= Ratio)
        {
            ages.Add(age);
        }

        ages.AddRange(edges.Where(e => e > Least && e < last));
        ages.Sort();
        var apart = 0;
        for (var i = 1; i < ages.Count; i++)
        {
            if (ages[i] > ages[apart] * (1 + 1e-5))
            {
                ages[++apart] = ages[i];
            }
        }

        return [.. ages.Take(apart + 1)];
    }
}
