using System.Globalization;
using AimmsOrchestrator.Scenarios.Sampling;

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

    private static double At(string name, double unit) =>
        double.Parse(All[name].At(unit).Text, CultureInfo.InvariantCulture);
}
