using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>Run times without memory.</summary>
internal static class Exponential
{
    /// <summary>Tabulated so closely that the table does not show.</summary>
    public static SurvivalFunction Survival(double mean)
    {
        double[] ages = [.. Enumerable.Range(0, 20_001).Select(i => i * mean / 1000)];
        return new SurvivalFunction(ages, Array.ConvertAll(ages, a => Math.Exp(-a / mean)));
    }

    /// <summary>The quantiles of a sample that is as even as one can be.</summary>
    public static IEnumerable<TimeSpan> Sample(double mean, int count) =>
        Enumerable.Range(0, count).Select(i => TimeSpan.FromSeconds(-mean * Math.Log(1 - ((i + 0.5) / count))));
}
