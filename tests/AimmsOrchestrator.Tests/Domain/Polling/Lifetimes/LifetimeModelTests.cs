using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Tests.Domain.Polling.Lifetimes;

/// <summary>What is learned, and forgotten.</summary>
public sealed class LifetimeModelTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(180)]
    public void After_a_change_of_scale_a_few_tasks_make_the_old_times_unlikely(double changed)
    {
        var model = new LifetimeModel(Enumerable.Repeat(TimeSpan.FromSeconds(60), 300));
        for (var task = 0; task < 15; task++)
        {
            model.Ended(TimeSpan.Zero, TimeSpan.FromSeconds(changed));
            if (model.IsStale)
            {
                model.Renew([]);
            }
        }

        Assert.True(model.Survival.At(changed * 0.95) > 0.95);
        Assert.True(model.Survival.At(changed * 1.05) < 0.05);
    }

    [Fact]
    public void One_outlier_among_many_changes_little()
    {
        var model = new LifetimeModel(Enumerable.Repeat(TimeSpan.FromSeconds(60), 300));

        model.Ended(TimeSpan.Zero, TimeSpan.FromHours(5));
        model.Ended(TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        model.Renew([]);

        Assert.True(model.Survival.At(59) > 0.95);
        Assert.True(model.Survival.At(61) < 0.05);
    }

    [Fact]
    public void A_task_that_runs_almost_beyond_the_table_makes_it_stale()
    {
        var model = new LifetimeModel(Enumerable.Repeat(TimeSpan.FromSeconds(60), 300));

        model.StillRunning(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.False(model.IsStale);
        model.StillRunning(TimeSpan.FromMinutes(3), TimeSpan.FromDays(10));
        Assert.True(model.IsStale);

        model.Renew([TimeSpan.FromDays(10)]);
        Assert.InRange(model.Survival.Hazard(TimeSpan.FromDays(20).TotalSeconds), 1e-9, 1e-4);
    }
}
