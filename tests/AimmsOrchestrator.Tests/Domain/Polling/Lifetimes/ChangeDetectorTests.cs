using AimmsOrchestrator.Domain.Polling.Lifetimes;
using AimmsOrchestrator.Emulator.Faults;

namespace AimmsOrchestrator.Tests.Domain.Polling.Lifetimes;

/// <summary>When a model is suspected to be out of date.</summary>
public sealed class ChangeDetectorTests
{
    /// <summary>Each takes 3 - 1.1 = 0.9 towards 8, of a hazard three times too high.</summary>
    [Fact]
    public void Tasks_that_run_three_times_as_long_are_a_change_after_nine() => Assert.Equal((9, 9), After(3));

    /// <summary>Each takes 1.1 - 2/3 = 0.43 towards 8, of a hazard three times too low.</summary>
    [Fact]
    public void Tasks_that_run_a_third_as_long_are_a_change_after_nineteen() => Assert.Equal((19, 19), After(1 / 3.0));

    [Fact]
    public void Tasks_as_expected_are_none()
    {
        var detector = new ChangeDetector();
        var random = new SeededRandom(1);

        for (var task = 0; task < 500; task++)
        {
            Assert.Null(detector.Observe(0, -Math.Log(1 - random.Next()), hasEnded: true));
        }
    }

    [Fact]
    public void One_task_that_never_ends_is_none()
    {
        var detector = new ChangeDetector();

        Assert.Null(detector.Observe(0, 1000, hasEnded: false));
        Assert.Null(detector.Observe(0, 1000, hasEnded: false));
    }

    [Fact]
    public void Many_tasks_that_run_past_all_that_is_known_are_one_though_none_has_ended()
    {
        var detector = new ChangeDetector();

        var found = Enumerable.Range(0, 24).Select(_ => detector.Observe(0, 5, hasEnded: false)).ToArray();

        Assert.Contains(0, found);
    }

    /// <summary>As listings see tasks that started together: first all still run, then all have ended.</summary>
    [Fact]
    public void Tasks_that_are_seen_together_are_none_as_long_as_each_ends_as_expected()
    {
        var detector = new ChangeDetector();

        Assert.All(Enumerable.Range(0, 24), _ => Assert.Null(detector.Observe(0, 0.69, hasEnded: false)));
        Assert.All(Enumerable.Range(0, 24), _ => Assert.Null(detector.Observe(0.69, 0.7, hasEnded: true)));
    }

    /// <summary>Half of the tasks are short: of those that started together all short ones end first.</summary>
    [Fact]
    public void Short_tasks_that_end_first_are_none_while_long_ones_still_run()
    {
        var detector = new ChangeDetector();

        for (var task = 0; task < 24; task++)
        {
            Assert.Null(detector.Observe(0, 0.29, hasEnded: true));
            Assert.Null(detector.Observe(0, 0.69, hasEnded: false));
        }
    }

    /// <summary>How many tasks of that cumulative hazard it takes, and how many of them it says are new.</summary>
    private static (int Tasks, int? Recent) After(double hazard)
    {
        var detector = new ChangeDetector();
        for (var tasks = 1; tasks < 1000; tasks++)
        {
            if (detector.Observe(0, hazard, hasEnded: true) is { } recent)
            {
                return (tasks, recent);
            }
        }

        return (0, null);
    }
}
