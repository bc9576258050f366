using System.Globalization;
using AimmsOrchestrator.Scenarios.Sampling;
using AimmsOrchestrator.Scenarios.Values;

namespace AimmsOrchestrator.Tests.Scenarios.Sampling;

/// <summary>Inverse CDFs against those of scipy 1.10.1 (<c>ppf</c>).</summary>
public sealed class DistributionTests
{
    private static readonly Dictionary<string, Continuous> All = new(StringComparer.Ordinal)
    {
        ["uniform"] = Continuous.Uniform(70, 110),
        ["loguniform"] = Continuous.LogUniform(1, 100),
        ["normal"] = Continuous.Normal(10, 2),
        ["truncnormal"] = Continuous.TruncatedNormal(0, 1, -1, 2),
        ["lognormal"] = Continuous.LogNormal(0.5, 0.25),
        ["triangular"] = Continuous.Triangular(0, 1, 5),
        ["beta"] = Continuous.Beta(2, 5, 0, 1),
        ["beta from 10 to 20"] = Continuous.Beta(2, 5, 10, 20),
    };

    [Theory]
    [InlineData("uniform", 74, 90, 109)]
    [InlineData("loguniform", 1.5848931924611136, 10, 89.12509381337455)]
    [InlineData("normal", 7.436896868910799, 10, 13.919927969080108)]
    [InlineData("truncnormal", -0.7046478210947453, 0.17116391801782455, 1.7145378350710578)]
    [InlineData("lognormal", 1.1967530628741607, 1.6487212707001282, 2.6912102409465146)]
    [InlineData("triangular", 0.7071067811865477, 1.8377223398316205, 4.292893218813452)]
    [InlineData("beta", 0.09259525891312873, 0.26444998329566005, 0.6412345789976748)]
    [InlineData("beta from 10 to 20", 10.925952589131287, 12.644499832956601, 16.412345789976747)]
    public void Quantiles_agree_with_scipy(string name, double tenth, double half, double upper)
    {
        Assert.Equal(tenth, At(name, 0.1), 9);
        Assert.Equal(half, At(name, 0.5), 9);
        Assert.Equal(upper, At(name, 0.975), 9);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.1666, 1)]
    [InlineData(0.1667, 2)]
    [InlineData(0.9999, 6)]
    [InlineData(1.0, 6)]
    public void A_die_has_six_equal_slices(double unit, int eyes) =>
        Assert.Equal($"{eyes}", new WholeNumbers(1, 6).At(unit).Text);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_edges_have_finite_values(double unit) =>
        Assert.All(All.Keys, name => Assert.True(double.IsFinite(At(name, unit)), name));

    [Theory]
    [InlineData("uniform: [-1.7e308, 1.7e308]", -1.7e308, 1.7e308)]
    [InlineData("loguniform: [1e-320, 1]", 1e-320, 1)]
    [InlineData("loguniform: [1e-300, 1e300]", 1e-300, 1e300)]
    [InlineData("triangular: [-1.7e308, 0, 1.7e308]", -1.7e308, 1.7e308)]
    [InlineData("triangular: [1e-200, 2e-200, 3e-200]", 1e-200, 3e-200)]
    [InlineData("beta: { alpha: 2, beta: 2, from: -1.7e308, to: 1.7e308 }", -1.7e308, 1.7e308)]
    [InlineData("int: [-9000000000000000000, 9000000000000000000]", -9e18, 9e18)]
    public void Values_of_the_widest_ranges_are_spread_within_them(string distribution, double from, double to)
    {
        var values = Given
            .Sketch($"sweep: {{ sample: {{ method: lhs, count: 40, over: {{ x: {{ {distribution} }} }} }} }}")
            .Runs()
            .Select(run => run.Parameters.Parameters[0].Value.GetDouble())
            .Order()
            .ToList();

        Assert.Equal(40, values.Distinct().Count());
        Assert.InRange(values[0], from, to);
        Assert.InRange(values[^1], from, to);
        Assert.True(values[19] < (from / 2) + (to / 2), "one value in two is below the middle");
    }

    /// <summary>By hand: half of the way from 1e-320 to 1 in the logarithm is 1e-160; half of the way from -1.7e308 to 1.7e308 is 0.</summary>
    [Fact]
    public void Half_of_the_way_is_in_the_middle()
    {
        Assert.Equal(1, Median(Continuous.LogUniform(1e-320, 1)) / 1e-160, 3);
        Assert.Equal(0, Median(Continuous.Uniform(-1.7e308, 1.7e308)));
        Assert.Equal(0, Median(Continuous.Triangular(-1.7e308, 0, 1.7e308)));

        static double Median(Continuous distribution) =>
            double.Parse(distribution.At(0.5).Text, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("normal: [1.7e308, 1e308]")]
    [InlineData("normal: [1e20, 1]")]
    [InlineData("lognormal: [0, 200]")]
    [InlineData("lognormal: [-800, 1]")]
    public void Values_beyond_the_range_of_numbers_are_an_error(string distribution)
    {
        var diagnostics = Given.Diagnostics(
            $"name: t\nservice: {{ url: emulator, name: e }}\nsweep: {{ sample: {{ count: 3, over: {{ x: {{ {distribution} }} }} }} }}"
        );

        Assert.EndsWith(
            "its values are beyond the range of numbers (about 1e-308 to 1.8e308), or all the same within it",
            Assert.Single(diagnostics).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0.1, "a")]
    [InlineData(0.6, "b")]
    public void Weights_may_be_as_large_as_numbers_are(double unit, string expected) =>
        Assert.Equal(
            expected,
            new Choice([Value.String("a"), Value.String("b")], [double.MaxValue, double.MaxValue]).At(unit).Text
        );

    private static double At(string name, double unit) =>
        double.Parse(All[name].At(unit).Text, CultureInfo.InvariantCulture);
}
