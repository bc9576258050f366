using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
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
    public void A_list_proves_an_absence_by_when_it_was_asked_for_and_not_by_when_it_came()
    {
        var empty = new TaskPage([], Total: 0);
        var first = Poll(Start, empty, asked: 8, came: 9);

        var slow = Poll(first.Next, empty, asked: 17, came: 26);
        Assert.Empty(slow.Settled);

        var late = Poll(slow.Next, empty, asked: 25, came: 34);
        Assert.Equal(SettlementVerdict.SentAgain, Assert.Single(late.Settled).Outcome.Verdict);
    }

    [Fact]
    public void A_list_that_comes_late_and_shows_the_task_is_no_reason_to_give_it_up()
    {
        var page = new TaskPage([Orphan], Total: 1);
        var first = Poll(Start, page, asked: 6, came: 6);

        var slow = Poll(first.Next, page, asked: 7, came: 30);
        Assert.Empty(slow.Settled);

        var next = Poll(slow.Next, page, asked: 31, came: 32);
        Assert.Equal(SettlementVerdict.Adopted, Assert.Single(next.Settled).Outcome.Verdict);
    }

    [Fact]
    public void A_refused_form_of_the_question_does_not_make_the_walk_later()
    {
        var empty = new TaskPage([], Total: 0);
        var first = Poll(Start, empty, asked: 8, came: 9);
        var refused = first
            .Next.Poll(T0.AddSeconds(24))
            .Next.TakePage(new ServiceFault(FaultKind.WrongRequest, "after: not a date"), T0.AddSeconds(30));

        var page = refused.Next.TakePage(empty, T0.AddSeconds(31));

        Assert.Empty(page.Next.Judge(Nothing, T0.AddSeconds(31)).Settled);
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

    [Fact]
    public void A_refused_filter_is_left_out_at_once_and_the_form_that_the_service_answers_is_kept()
    {
        var refusal = new ServiceFault(FaultKind.WrongRequest, "after: not a date");
        var day = Start.Poll(T0).Next.TakePage(refusal, T0);
        Assert.NotNull(Assert.IsType<SettlementEffect.GetPage>(day.Effect).Filter.AfterDay);
        var all = day.Next.TakePage(refusal, T0);
        Assert.Equal(new TaskFilter(), Assert.IsType<SettlementEffect.GetPage>(all.Effect).Filter);

        var answered = all.Next.TakePage(new TaskPage([Orphan], Total: 1), T0.AddSeconds(8)).Next.Judge(Nothing, T0);
        Assert.Equal(new TaskFilter(), Assert.IsType<SettlementEffect.GetPage>(answered.Next.Poll(T0).Effect).Filter);
    }

    [Fact]
    public void A_list_that_is_refused_in_every_form_for_three_polls_is_ambiguous_with_the_services_reason()
    {
        var refusal = new ServiceFault(FaultKind.Refused, "GET tasks: 403: no right to list");
        var state = Start;
        for (var poll = 1; poll <= 3; poll++)
        {
            var decision = state.Poll(T0).Next.TakePage(refusal, T0).Next.TakePage(refusal, T0);
            decision = decision.Next.TakePage(refusal, T0.AddSeconds(poll));
            Assert.Equal(poll == 3, decision.Settled.Count == 1);
            state = decision.Next;
            if (poll == 3)
            {
                var outcome = decision.Settled[0].Outcome;
                Assert.Equal(SettlementVerdict.Ambiguous, outcome.Verdict);
                Assert.Contains("no right to list", outcome.Reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_service_that_knows_no_task_of_before_was_started_anew_and_its_empty_list_is_proof()
    {
        var journal = Nothing with { Tasks = [Known("x"), Known("y")] };
        var state = Start;
        for (var poll = 0; poll < 2; poll++)
        {
            var at = T0.AddSeconds(30 + poll);
            var asked = state.Poll(at).Next.TakePage(new TaskPage([], Total: 0), at).Next.Judge(journal, at);
            Assert.Equal(new SettlementEffect.GetTask(new TaskId("x")), asked.Effect);
            asked = asked.Next.TakeTask(new ServiceFault(FaultKind.Unknown, "404"), at);
            Assert.Equal(new SettlementEffect.GetTask(new TaskId("y")), asked.Effect);
            asked = asked.Next.TakeTask(new ServiceFault(FaultKind.Unknown, "404"), at);

            Assert.Equal(poll == 1 ? [SettlementVerdict.SentAgain] : [], asked.Settled.Select(s => s.Outcome.Verdict));
            state = asked.Next;
        }
    }

    [Fact]
    public void A_task_that_the_service_has_and_does_not_list_keeps_the_list_from_being_proof()
    {
        var journal = Nothing with { Tasks = [Known("x")] };
        var state = Start;
        for (var poll = 0; poll < 3; poll++)
        {
            var at = T0.AddSeconds(30 + poll);
            var asked = state.Poll(at).Next.TakePage(new TaskPage([], Total: 0), at).Next.Judge(journal, at);
            asked = asked.Next.TakeTask(new TaskSnapshot(new TaskId("x"), TaskState.Running), at);

            Assert.Empty(asked.Settled);
            state = asked.Next;
        }
    }

    [Theory]
    [InlineData(-10, 0)]
    [InlineData(3600, 0)]
    [InlineData(0, 3600)]
    public void A_list_whose_clocks_are_not_known_never_proves_that_an_orphan_is_not_its_own(int created, int header)
    {
        var unknown = new JournalKnowledge([], [], new HashSet<TaskId>());
        var page = new TaskPage([Orphan with { CreatedAt = T0.AddSeconds(3 + created) }], Total: 1);
        var (state, verdicts) = (Start, new List<SettlementVerdict>());
        foreach (var second in (int[])[8, 30, 31])
        {
            var at = T0.AddSeconds(second);
            var listed = state.Poll(at).Next.TakePage(page with { ServiceTime = at.AddSeconds(header) }, at);
            var judged = listed.Next.Judge(unknown, at);
            verdicts.AddRange(judged.Settled.Select(settled => settled.Outcome.Verdict));
            state = judged.Next;
        }

        Assert.Equal([SettlementVerdict.Ambiguous], verdicts);
    }

    private static KnownTask Known(string id) => new(new TaskId(id), IsUnfinished: true, T0, T0);

    private static SettlementDecision Poll(SettlementState state, int at) =>
        Poll(state, new TaskPage([Orphan], Total: 1), at, at);

    private static SettlementDecision Poll(SettlementState state, TaskPage page, int asked, int came)
    {
        var listed = state.Poll(T0.AddSeconds(asked)).Next.TakePage(page, T0.AddSeconds(came));
        return listed.Next.Judge(Nothing, T0.AddSeconds(came));
    }

    private static SettlementDecision Fail(SettlementState state, FaultKind kind, int at) =>
        state.Poll(T0).Next.TakePage(new ServiceFault(kind, "no list"), T0.AddSeconds(at));
}
