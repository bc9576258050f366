using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement;

/// <summary>How late the list shows a task, learned from own tasks.</summary>
public sealed class ListLagTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly LostSubmit Answered = new(Target: null, T0, T0) { Loss = SubmitLoss.Answered };

    [Fact]
    public void Nothing_is_believed_before_eight_tasks_were_listed()
    {
        Assert.Null(Seen(7).Bound);
        Assert.Equal(TimeSpan.FromSeconds(1), Seen(8).Bound);
    }

    [Fact]
    public void The_list_is_given_twice_the_age_at_which_a_task_was_still_missing()
    {
        var late = Seen(8).See([Task("late", age: 3)], new HashSet<TaskId>(), T0);

        Assert.Equal(TimeSpan.FromSeconds(6), late.Bound);
    }

    [Fact]
    public void A_task_counts_with_the_age_at_which_it_was_first_seen()
    {
        var again = Seen(8).See([.. Enumerable.Range(0, 8).Select(i => Task($"{i}", age: 100))], Ids(8), T0);

        Assert.Equal(TimeSpan.FromSeconds(1), again.Bound);
    }

    [Theory]
    [InlineData(SubmitLoss.Answered, 1)]
    [InlineData(SubmitLoss.Gateway, 2)]
    [InlineData(SubmitLoss.Silence, 20)]
    public void Only_a_service_that_answered_is_known_to_be_done_with_the_request(SubmitLoss loss, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            SettlementPolicy.Default.SettleAfter(Answered with { Loss = loss }, Seen(8))
        );

    [Fact]
    public void Behind_a_gateway_a_submit_may_take_four_times_as_long_as_any_has_taken()
    {
        var slow = Seen(8).See([Task("slow", age: 30) with { AnsweredAt = T0.AddSeconds(-28) }], Ids(8), T0);

        Assert.Equal(
            TimeSpan.FromSeconds(20),
            SettlementPolicy.Default.SettleAfter(Answered with { Loss = SubmitLoss.Silence }, slow)
        );
        Assert.Equal(
            SettlementPolicy.Default.Settle,
            SettlementPolicy.Default.SettleAfter(Answered with { Loss = SubmitLoss.Gateway }, slow)
        );
    }

    [Fact]
    public void The_second_poll_comes_as_the_lag_is_over()
    {
        var policy = SettlementPolicy.Default;

        Assert.Equal(TimeSpan.FromMilliseconds(100), policy.WaitAfter(0, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromMilliseconds(900), policy.WaitAfter(1, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromMilliseconds(200), policy.WaitAfter(1));
    }

    private static ListLag Seen(int tasks) =>
        new ListLag().See([.. Enumerable.Range(0, tasks).Select(i => Task($"{i}", age: 0.5))], Ids(tasks), T0);

    private static HashSet<TaskId> Ids(int tasks) => [.. Enumerable.Range(0, tasks).Select(i => new TaskId($"{i}"))];

    private static KnownTask Task(string id, double age) =>
        new(new TaskId(id), IsUnfinished: true, T0.AddSeconds(-age), T0.AddSeconds(-age));
}
