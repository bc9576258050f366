using AimmsOrchestrator.Domain.Estimates;

namespace AimmsOrchestrator.Tests.Domain.Estimates;

/// <summary>What is learned from completed tasks.</summary>
public sealed class DurationModelTests
{
    [Fact]
    public void A_median_is_of_the_latest_values_and_needs_a_few()
    {
        var median = new RunningMedian(capacity: 5, minimum: 3);
        var seen = new List<double?>();
        foreach (var value in new[] { 9, 1, 5, 7, 3, 100, 100, 100 })
        {
            median = median.Add(TimeSpan.FromSeconds(value));
            seen.Add(median.Median?.TotalSeconds);
        }

        Assert.Equal([null, null, 5, 6, 5, 5, 7, 100], seen);
    }

    [Fact]
    public void Queue_and_run_times_are_learned_apart_and_unknown_ones_do_not_count()
    {
        var model = new DurationModel();
        for (var task = 1; task <= 5; task++)
        {
            Assert.Equal(TypicalDurations.Unknown, model.Typical);
            model = model.Add(queue: task == 1 ? null : TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(task));
        }

        Assert.Equal(new TypicalDurations(Queue: null, TimeSpan.FromSeconds(3)), model.Typical);
    }
}
