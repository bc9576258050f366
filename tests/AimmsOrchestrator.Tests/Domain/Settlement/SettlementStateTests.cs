using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement;

/// <summary>Facts of the settlement and what follows from them, beside the paths of the exhaustive model.</summary>
public sealed class SettlementStateTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly RunReference Run = new(Batch: 1, Run: 7);
    private static readonly LostSubmit Lost = new(new TaskTarget("solve"), T0, T0.AddSeconds(5));
    private static readonly JournalKnowledge Nothing = new([], [], new HashSet<TaskId>())
    {
        Samples = [new ClockSample(T0, T0, T0)],
    };
    private static readonly TaskSnapshot Orphan = new(new TaskId("a"), TaskState.Queued)
    {
        ServiceName = "solve",
        CreatedAt = T0.AddSeconds(3),
    };

    private static SettlementState Start => new SettlementState(SettlementPolicy.Default, T0).Add(Run, Lost).Next;

    [Fact]
    public void Without_a_lost_submit_nothing_is_asked_of_the_service() =>
        Assert.Null(new SettlementState(SettlementPolicy.Default, T0).Poll(T0).Effect);

    [Fact]
    public void Two_polls_settle_a_submit_and_the_settlement_is_idle_again()
    {
        var first = Poll(Start, 8);
        Assert.Empty(first.Settled);
        Assert.IsType<SettlementEffect.PollLater>(first.Effect);

        var second = Poll(first.Next, 9);
        Assert.Equal((Run, SettlementVerdict.Adopted), (second.Settled[0].Run, second.Settled[0].Outcome.Verdict));
        Assert.Null(second.Effect);
        Assert.Null(second.Next.Poll(T0).Effect);
    }

    [Fact]
    public void What_was_seen_before_a_submit_was_lost_is_no_evidence_about_it()
    {
        var later = Lost with { IntendedAt = T0.AddHours(1), LostAt = T0.AddHours(1) };
        var state = Poll(Start, 8).Next.Add(Run with { Run = 8 }, later).Next;

        Assert.Empty(Poll(state, 9).Settled);
    }

    [Fact]
    public void A_later_loss_of_the_same_run_replaces_the_earlier_one()
    {
        var state = Start.Add(Run, Lost with { IntendedAt = T0.AddMinutes(10), LostAt = T0.AddMinutes(10) }).Next;
        var second = Poll(Poll(state, 700).Next, 701);

        Assert.Equal(SettlementVerdict.SentAgain, Assert.Single(second.Settled).Outcome.Verdict);
    }

    [Fact]
    public void A_list_of_several_pages_is_read_to_its_end_before_the_journal()
    {
        var page = new TaskPage([Orphan], Total: 2);
        var decision = Start.Poll(T0).Next.TakePage(page, T0.AddSeconds(8));
        Assert.Equal(1, Assert.IsType<SettlementEffect.GetPage>(decision.Effect).Filter.Offset);

        var rest = new TaskPage([Orphan with { Id = new TaskId("b") }], Total: 2);
        var question = Assert.IsType<SettlementEffect.ReadJournal>(decision.Next.TakePage(rest, T0).Effect);
        Assert.Equal(["a", "b"], question.Listed.Select(task => task.Value));
    }

    [Fact]
    public void An_abandoned_poll_is_repeated_and_a_late_answer_to_it_is_ignored()
    {
        var abandoned = Start.Poll(T0).Next.Abandon();
        Assert.IsType<SettlementEffect.PollLater>(abandoned.Effect);

        Assert.Null(abandoned.Next.TakePage(new TaskPage([Orphan], Total: 1), T0).Effect);
        Assert.Null(abandoned.Next.Judge(Nothing, T0).Effect);
    }

    [Theory]
    [InlineData(FaultKind.Refused, 200, true)]
    [InlineData(FaultKind.Unreachable, 200, false)]
    [InlineData(FaultKind.Unreachable, 3700, true)]
    public void A_list_that_keeps_failing_is_given_up_and_an_outage_only_after_an_hour(
        FaultKind kind,
        int seconds,
        bool isGivenUp
    )
    {
        var state = Fail(Start, kind, 10).Next;
        for (var poll = 0; poll < 8; poll++)
        {
            state = Fail(state, kind, seconds).Next;
        }

        Assert.Equal(isGivenUp, state.Poll(T0).Effect is null);
    }

    private static SettlementDecision Poll(SettlementState state, int at)
    {
        var page = state.Poll(T0).Next.TakePage(new TaskPage([Orphan], Total: 1), T0.AddSeconds(at));
        return page.Next.Judge(Nothing, T0.AddSeconds(at));
    }

    private static SettlementDecision Fail(SettlementState state, FaultKind kind, int at) =>
        state.Poll(T0).Next.TakePage(new ServiceFault(kind, "no list"), T0.AddSeconds(at));
}
