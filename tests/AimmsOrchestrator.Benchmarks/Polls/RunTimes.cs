using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Benchmarks.Polls;

/// <summary>How the run times of a batch are distributed.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Survival">The probability that a task still runs at an age in seconds.</param>
/// <param name="Quantile">The run time, in seconds, that a share of the tasks does not exceed.</param>
internal sealed record RunTimes(string Name, Func<double, double> Survival, Func<double, double> Quantile)
{
    /// <summary>The mean run time, in seconds, before a change; only two peaks have another one.</summary>
    public const double Mean = 60;

    /// <summary>What the times are multiplied by in the second half of the batch.</summary>
    public double Change { get; init; } = 1;

    /// <summary>Mean one minute, where there is one.</summary>
    public static IReadOnlyList<RunTimes> All { get; } =
    [
        Exponential,
        Weibull(0.6),
        Weibull(3),
        Lognormal(0.8),
        Points("bimodal 1 s, 60 s", 1, 60),
        Points("constant", 60),
        Lognormal(0.05),
        Exponential with
        {
            Name = "exponential, x 3",
            Change = 3,
        },
        Lognormal(0.8) with
        {
            Name = "lognormal, x 3",
            Change = 3,
        },
        Points("constant, x 3", 60) with
        {
            Change = 3,
        },
    ];

    private static RunTimes Exponential => Weibull(1) with { Name = "exponential" };

    /// <summary>The run time of a run, drawn by a number in [0, 1).</summary>
    public double Draw(double share, bool isChanged) => Quantile(share) * (isChanged ? Change : 1);

    /// <summary>The survival function of either half, tabulated.</summary>
    public SurvivalFunction Table(bool isChanged)
    {
        var scale = isChanged ? Change : 1;
        var grid = new List<double> { 0 };
        for (var age = 0.001; age < 1e6 && Survival(age / scale) > 1e-9; age *= 1.003)
        {
            grid.Add(age);
        }

        for (var share = 0.001; share < 1; share += 0.001)
        {
            var age = Quantile(share) * scale;
            grid.AddRange([age - PolledBatch.Instant, age]);
        }

        double[] ages = [.. grid.Distinct().Order()];
        return new SurvivalFunction(ages, Array.ConvertAll(ages, a => Math.Max(Survival(a / scale), 1e-9)));
    }

    private static RunTimes Weibull(double shape)
    {
        var scale = Mean / Gamma(1 + (1 / shape));
        return new RunTimes(
            FormattableString.Invariant($"Weibull {shape}"),
            t => Math.Exp(-Math.Pow(t / scale, shape)),
            share => scale * Math.Pow(-Math.Log(1 - share), 1 / shape)
        );
    }

    private static RunTimes Lognormal(double sigma)
    {
        var median = Mean * Math.Exp(-sigma * sigma / 2);
        return new RunTimes(
            FormattableString.Invariant($"lognormal {sigma}"),
            t => t <= 0 ? 1 : 1 - Normal.Distribution(Math.Log(t / median) / sigma),
            share => median * Math.Exp(sigma * Normal.Quantile(share))
        );
    }

    /// <summary>A few times, equally likely.</summary>
    private static RunTimes Points(string name, params double[] times) =>
        new(name, t => times.Count(x => x > t) / (double)times.Length, share => times[(int)(share * times.Length)]);

    /// <summary>G. Nemes, "New asymptotic expansion for the Gamma function", 2010, after four steps of the recurrence.</summary>
    private static double Gamma(double x) =>
        x < 12
            ? Gamma(x + 1) / x
            : Math.Sqrt(2 * Math.PI / x) * Math.Pow((x + (1 / ((12 * x) - (1 / (10 * x))))) / Math.E, x);
}
