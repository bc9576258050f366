using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Tests.Reports.Findings;

/// <summary>A batch whose truth is known, made by a formula.</summary>
/// <param name="Name">What is true of it.</param>
internal sealed record KnownBatch(string Name)
{
    public string[] Parameters { get; init; } = ["a", "b"];

    public string[] Results { get; init; } = ["cost"];

    /// <summary>The points: one value per parameter.</summary>
    public required IReadOnlyList<double[]> Points { get; init; }

    /// <summary>The results of a run, as JSON; null for a run that failed.</summary>
    public required Func<int, double[], string?> Model { get; init; }

    /// <summary>What the findings must say, in the order of the sentences or not.</summary>
    public string[] Says { get; init; } = [];

    /// <summary>What no finding may say.</summary>
    public string[] Never { get; init; } = [];

    public BatchRecord Batch => Given.Batch(Parameters, Results);

    public IEnumerable<RunRecord> Runs() =>
        Points.Select(
            (point, i) =>
            {
                var parameters = Given.Json([.. Parameters.Select((name, p) => (name, point[p]))]);
                var results = Model(i, point);
                var run = Given.Run(i, parameters, results, results is null ? "no solution" : null);
                return run with { Name = string.Join(' ', Parameters.Select((name, p) => Setting(name, point[p]))) };
            }
        );

    private static string Setting(string name, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}={value:R}");
}

/// <summary>Points and noise that are the same at every run of the tests.</summary>
internal static class Known
{
    public static IReadOnlyList<double[]> Grid(params double[][] values) =>
        values.Aggregate(
            (IReadOnlyList<double[]>)
                [
                    [],
                ],
            (points, next) => [.. points.SelectMany(point => next.Select(value => (double[])[.. point, value]))]
        );

    /// <summary>A random sample of the unit cube.</summary>
    public static IReadOnlyList<double[]> Sample(int runs, int parameters) =>
        [
            .. Enumerable
                .Range(0, runs)
                .Select(i => Enumerable.Range(0, parameters).Select(p => Noise(i * 131 + p + 7)).ToArray()),
        ];

    public static double[] To(int last) => [.. Enumerable.Range(1, last).Select(i => (double)i)];

    /// <summary>The same uniform number between 0 and 1 for the same seed: SplitMix64 (Steele, Lea and Flood 2014).</summary>
    public static double Noise(long seed)
    {
        var z = unchecked((ulong)(seed + 1) * 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public static string Cost(double cost) => Given.Json(("cost", cost));

    public static string Status(string status, double? cost = null) =>
        cost is { } number
            ? string.Create(CultureInfo.InvariantCulture, $$"""{"status":"{{status}}","cost":{{number:R}}}""")
            : $$"""{"status":"{{status}}","cost":null}""";
}
