using AimmsOrchestrator.Domain.Polling;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>Whole batches of tasks without memory, in virtual time: what their polls cost, and how late ends are noticed.</summary>
public sealed class PollScheduleTests
{
    private const double Mean = 1.5;
    private const int Places = 24;

    /// <summary>
    /// Five polls per run mean a period t with 1 - e^(-t) = 1/5, and ends that are noticed 5 t - 1 = 11.6 % of a run late. What
    /// is spent before the first end is saved afterwards.
    /// </summary>
    [Theory]
    [InlineData(300, 0.14)]
    [InlineData(3000, 0.122)]
    public void A_budget_is_kept_over_the_batch_where_the_list_is_refused(int runs, double late)
    {
        var batch = new PolledService(Seconds(runs), Places, page: 0).Execute(PollBudget.Default);

        Assert.InRange(batch.RequestsPerRun, 4.8, 5.05);
        Assert.InRange(batch.Lateness, 0.1, late);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Another_budget_is_kept_as_well(double polls)
    {
        var batch = new PolledService(Seconds(1000), Places, page: 0).Execute(PollBudget.PerRun(polls));

        Assert.InRange(batch.RequestsPerRun, 0.95 * polls, 1.03 * polls);
    }

    [Fact]
    public void Pages_of_ten_tasks_take_the_budget_and_are_earlier_than_single_polls()
    {
        var batch = new PolledService(Seconds(300), Places, page: 10).Execute(PollBudget.Default);

        Assert.InRange(batch.RequestsPerRun, 4, 5.05);
        Assert.InRange(batch.Lateness, 0, 0.06);
    }

    [Fact]
    public void A_list_of_one_request_takes_a_part_of_the_budget()
    {
        var batch = new PolledService(Seconds(300), Places, page: 1000).Execute(PollBudget.Default);

        Assert.InRange(batch.RequestsPerRun, 0.5, 1.2);
        Assert.InRange(batch.Lateness, 0, 0.04);
    }

    [Fact]
    public void Tasks_that_take_the_same_time_need_one_poll_once_the_first_have_ended()
    {
        var batch = new PolledService([.. Enumerable.Repeat(2.0, 300)], Places, page: 0).Execute(PollBudget.Default);

        Assert.InRange(batch.RequestsPerRun, 1, 1.5);
        Assert.InRange(batch.Lateness, 0, 0.05);
    }

    /// <summary>
    /// That the service accepted a task a while ago does not say that it still runs: tasks shorter than an answer takes would seem
    /// to have become long ones.
    /// </summary>
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1000, 0.1)]
    [InlineData(0, 0.5)]
    [InlineData(1000, 0.5)]
    public void Tasks_that_end_before_their_submit_is_answered_are_noticed_soon(int page, double latency)
    {
        var service = new PolledService([.. Enumerable.Repeat(0.001, 600)], Places, page)
        {
            Latency = TimeSpan.FromSeconds(latency),
        };

        var batch = service.Execute(PollBudget.Default);

        Assert.InRange(batch.Lateness * 0.001, 0, latency + 0.2);
        Assert.InRange(batch.RequestsPerRun, 0, 5.05);
    }

    /// <summary>Without them the first wave takes twice as many polls.</summary>
    [Fact]
    public void Times_of_earlier_batches_serve_the_first_tasks()
    {
        var batch = new PolledService(Seconds(Places), Places, page: 0).Execute(PollBudget.Default, Earlier(Mean));

        Assert.InRange(batch.RequestsPerRun, 3, 6);
        Assert.InRange(batch.Lateness, 0.05, 0.2);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(2)]
    [InlineData(10)]
    public void Times_of_earlier_batches_are_soon_outweighed_where_tasks_have_changed(double times)
    {
        var batch = new PolledService(Seconds(1000), Places, page: 0).Execute(
            PollBudget.Default,
            Earlier(times * Mean)
        );

        Assert.InRange(batch.RequestsPerRun, 4.5, 5.1);
        Assert.InRange(batch.Lateness, 0.1, 0.2);
    }

    private static IEnumerable<TimeSpan> Earlier(double mean) => Exponential.Sample(mean, 500);

    /// <summary>In an order that is even everywhere.</summary>
    private static List<double> Seconds(int runs) =>
        [.. Enumerable.Range(1, runs).Select(i => -Mean * Math.Log(1 - (i * 0.6180339887498949 % 1)))];
}
