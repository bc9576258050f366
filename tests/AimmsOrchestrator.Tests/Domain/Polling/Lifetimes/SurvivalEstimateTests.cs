using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Tests.Domain.Polling.Lifetimes;

/// <summary>The survival function that samples make likely.</summary>
public sealed class SurvivalEstimateTests
{
    /// <summary>
    /// The trial of 6-mercaptopurine (Freireich and others, Blood 21, 1963), weeks of remission of 21 patients, twelve of
    /// them censored; the product-limit estimate as in D. Cox and D. Oakes, "Analysis of Survival Data", 1984, p. 48.
    /// </summary>
    [Fact]
    public void Of_censored_data_it_is_close_to_the_published_product_limit_estimate()
    {
        double[] ended = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        double[] running = [6.001, 9, 10.001, 11, 17, 19, 20, 25, 32, 32, 34, 35];

        var survival = SurvivalEstimate.Of(ended, running);

        // In the middle between two ends, where smoothing moves it least.
        foreach (
            var (week, published) in new[] { (8.5, 0.807), (11.5, 0.753), (14.5, 0.690), (19, 0.627), (28, 0.448) }
        )
        {
            Assert.Equal(published, survival.At(week), 0.08);
        }
    }

    [Fact]
    public void Fifty_samples_give_the_hazard_of_tasks_without_memory()
    {
        double[] sample = [.. Exponential.Sample(60, 50).Select(t => t.TotalSeconds)];

        var survival = SurvivalEstimate.Of(sample, []);

        foreach (var age in new[] { 15.0, 30, 60, 90 })
        {
            Assert.InRange(survival.Hazard(age) * 60, 0.6, 1.6);
            Assert.Equal(Math.Exp(-age / 60), survival.At(age), 0.05);
        }
    }

    [Fact]
    public void Two_peaks_stay_two()
    {
        double[] ended = [.. Enumerable.Range(0, 25).Select(i => 1 + (i * 0.001)), .. Enumerable.Repeat(60.0, 25)];

        var survival = SurvivalEstimate.Of(ended, []);

        Assert.Equal(0.5, survival.At(1.1), 0.02);
        Assert.Equal(0.5, survival.At(59), 0.02);
        Assert.InRange(survival.At(60.1), 1e-4, 0.01);
    }

    [Theory]
    [InlineData]
    [InlineData(7.0)]
    [InlineData(7.0, 7.0)]
    [InlineData(0.0001, 100_000.0)]
    public void Few_samples_leave_every_hazard_positive_and_finite(params double[] ended)
    {
        var survival = SurvivalEstimate.Of(ended, []);

        foreach (var age in new[] { 0, 0.001, 1, 6.99, 7, 7.01, 1000, 1e6, 1e9 })
        {
            Assert.InRange(survival.Hazard(age), double.Epsilon, double.MaxValue);
            Assert.InRange(survival.At(age), 1e-10, 1);
        }
    }

    [Fact]
    public void Tasks_that_still_run_say_that_tasks_take_long()
    {
        double[] ended = [1, 2, 3];

        var without = SurvivalEstimate.Of(ended, []);
        var with = SurvivalEstimate.Of(ended, [.. Enumerable.Repeat(50.0, 20)]);

        Assert.True(without.At(40) < 0.05);
        Assert.Equal(20.0 / 23, with.At(40), 0.03);
    }
}
