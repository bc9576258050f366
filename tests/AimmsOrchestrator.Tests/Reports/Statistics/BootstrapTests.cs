using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Reports;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Tests.Reports.Statistics;

/// <summary>Confidence intervals of a sample.</summary>
public sealed class BootstrapTests
{
    private static readonly double[] ToHundred = [.. Enumerable.Range(1, 100).Select(i => (double)i)];

    /// <summary>The ranks were computed by exact integer binomials in another language.</summary>
    [Theory]
    [InlineData(0.05, 3, 12)]
    [InlineData(0.5, 41, 61)]
    [InlineData(0.95, 89, 98)]
    public void A_quantiles_interval_is_the_exact_one_of_resampled_ranks(double p, double low, double high) =>
        Assert.Equal(new Interval(low, high), Bootstrap.Quantile(ToHundred, p));

    [Fact]
    public void A_means_interval_is_that_of_the_central_limit_and_the_same_each_time()
    {
        // 50.5 ± 1.96 × 28.866 / 10: 44.84 to 56.16, within what 2,000 resamples leave open.
        var interval = Bootstrap.Mean(ToHundred);

        Assert.InRange(interval.Low, 44.3, 45.4);
        Assert.InRange(interval.High, 55.6, 56.7);
        Assert.Equal(interval, Bootstrap.Mean(ToHundred));
    }

    [Fact]
    public void Huge_numbers_do_not_overflow()
    {
        double[] huge = [.. Enumerable.Repeat(double.MaxValue, 30)];

        Assert.True(double.IsFinite(Bootstrap.Mean(huge).High));
    }

    [Fact]
    public void A_random_sample_has_intervals_and_shows_how_its_mean_settles_and_a_grid_does_not()
    {
        var (sample, grid) = (Build(DesignForm.Sample, 40), Build(DesignForm.Grid, 40));

        Assert.NotNull(sample.Summaries[0].Confidence);
        Assert.Null(grid.Summaries[0].Confidence);
        Assert.Null(Build(DesignForm.Sample, 9).Summaries[0].Confidence);
        Assert.DoesNotContain(grid.Charts, chart => chart.Id.Contains("convergence", StringComparison.Ordinal));

        // The last point is the mean of all: 0 to 39 have 19.5.
        var settles = sample
            .Charts.OfType<LineChart>()
            .Single(chart => chart.Title.Contains("settles", StringComparison.Ordinal));
        Assert.Equal((40, 19.5), (settles.Series[0].Points[^1].X, Math.Round(settles.Series[0].Points[^1].Y, 9)));
        Assert.All(
            settles.Series[1].Points.Zip(settles.Series[2].Points),
            pair => Assert.True(pair.First.Y < pair.Second.Y)
        );
    }

    private static ReportContents Build(DesignForm form, int runs)
    {
        var batch = Given.Batch(["x", "y"], ["cost"]) with
        {
            Design = new BatchDesign { Form = form, Parameters = ["x", "y"] },
        };
        return ReportBuilder.Build(
            batch,
            new RunWalk(() =>
                Enumerable
                    .Range(0, runs)
                    .Select(i =>
                        Given.Run(
                            i,
                            Given.Json(("x", i * 7 % 41), ("y", i * 11 % 43)),
                            Given.Json(("cost", i * 23 % runs))
                        )
                    )
            )
        );
    }
}
