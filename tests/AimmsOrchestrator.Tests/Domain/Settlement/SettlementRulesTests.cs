using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement;

/// <summary>The verdicts on POSTs whose answers were lost, case by case of the protocol's README.</summary>
public sealed class SettlementRulesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly SettlementRules Rules = new(SettlementPolicy.Default);
    private static readonly TaskTarget Target = new("solve", "Plan", "1.0");

    [Fact]
    public void One_orphan_for_one_lost_submit_is_adopted_once_two_polls_agree()
    {
        var lost = Lost(0, 5);

        Assert.Null(Judge([lost], List(8, Task("a", 3)), before: null));
        Assert.Null(Judge([lost], List(8, Task("a", 3)), List(7)));
        var outcome = Judge([lost], List(8, Task("a", 3)), List(7, Task("a", 3)))!;
        Assert.Equal((SettlementVerdict.Adopted, "a"), (outcome.Verdict, outcome.Task!.Value.Value));
    }

    [Theory]
    [InlineData(-3, false)]
    [InlineData(-2, true)]
    [InlineData(5, true)]
    [InlineData(27, true)]
    [InlineData(28, false)]
    public void A_task_can_be_a_submits_own_from_the_intent_until_the_settling_time_after_the_loss(
        int createdAt,
        bool isAdopted
    )
    {
        // Long after the neighbourhood in which an orphan reveals a stranger, another task does not matter.
        var task = Task("a", createdAt) with
        {
            ServiceName = isAdopted ? "solve" : "other",
        };
        Assert.Equal(
            isAdopted,
            Judge([Lost(0, 5)], List(140, task), List(139, task))?.Verdict == SettlementVerdict.Adopted
        );

        var alone = Task("a", createdAt);
        var outcome = Judge([Lost(0, 5)], List(140, alone), List(139, alone))!;
        Assert.Equal(isAdopted ? SettlementVerdict.Adopted : SettlementVerdict.SentAgain, outcome.Verdict);
    }

    [Fact]
    public void Times_are_compared_on_the_services_clock()
    {
        var ahead = TimeSpan.FromHours(3);
        var task = Task("a", 3 + (3 * 3600));

        Assert.Equal(
            SettlementVerdict.Adopted,
            Judge(
                [Lost(0, 5)],
                List(8, task) with
                {
                    Clocks = Clock(ahead),
                },
                List(7, task) with
                {
                    Clocks = Clock(ahead),
                }
            )!.Verdict
        );
        Assert.Equal(SettlementVerdict.SentAgain, Judge([Lost(0, 5)], List(30, task), List(29, task))!.Verdict);
    }

    [Fact]
    public void Nothing_is_sent_again_before_the_settling_time_is_over()
    {
        Assert.Null(Judge([Lost(0, 5)], List(24), List(23)));
        Assert.Equal(SettlementVerdict.SentAgain, Judge([Lost(0, 5)], List(25), List(24))!.Verdict);
    }

    [Fact]
    public void Of_a_driver_that_may_live_nothing_is_sent_again_before_its_submit_would_have_arrived()
    {
        // Intended at 0, taken over at 4; it may arrive until 122, and be listed 20 s later.
        var lost = Lost(0, 4).InheritedBy(T0.AddSeconds(4), T0, TimeSpan.FromSeconds(122));

        Assert.Null(Judge([lost], List(141), List(140), polls: 20));
        Assert.Equal(SettlementVerdict.SentAgain, Judge([lost], List(142), List(141))!.Verdict);
        foreach (var at in (int[])[1, 100, 143])
        {
            Assert.Equal(
                SettlementVerdict.Adopted,
                Judge([lost], List(at + 8, Task("a", at)), List(at + 7, Task("a", at)))!.Verdict
            );
        }
    }

    [Fact]
    public void Where_another_machine_dated_the_intent_the_time_counts_from_the_take_over()
    {
        // By the other machine's clock it is an hour ago.
        var intended = T0.AddHours(-1);
        var lost = LostSubmit.Of(Target, intended, T0).InheritedBy(T0, intended, TimeSpan.FromSeconds(122));

        Assert.Equal(SettlementVerdict.SentAgain, Judge([lost], List(1), List(0))!.Verdict);
        Assert.Null(Judge([lost], Unsteady(141), Unsteady(140)));
        Assert.Equal(SettlementVerdict.SentAgain, Judge([lost], Unsteady(142), Unsteady(141))!.Verdict);

        static ListSnapshot Unsteady(int at)
        {
            var list = List(at);
            return list with
            {
                Clocks = list.Clocks with { Inherited = list.Clocks.Inherited with { IsSteady = false } },
            };
        }
    }

    [Fact]
    public void A_list_that_misses_what_is_known_to_be_there_proves_nothing()
    {
        var partial = List(60) with { Missing = [new TaskId("known")] };
        Assert.Null(Judge([Lost(0, 5)], partial, partial));

        var cut = List(60) with { IsComplete = false };
        Assert.Null(Judge([Lost(0, 5)], cut, cut));
        Assert.Null(Judge([Lost(0, 5)], cut with { Orphans = [Task("a", 3)] }, List(59)));
    }

    [Fact]
    public void A_list_that_stays_useless_is_ambiguous_in_the_end()
    {
        var partial = List(200) with { Missing = [new TaskId("known")] };

        Assert.Equal(SettlementVerdict.Ambiguous, Judge([Lost(0, 5)], partial, partial, polls: 8)!.Verdict);
        Assert.Equal(
            SettlementVerdict.Ambiguous,
            Judge([Lost(0, 5)], latest: null, before: null, polls: 8, at: 200)!.Verdict
        );
        Assert.Null(Judge([Lost(0, 5)], latest: null, before: null, polls: 0, at: 200));
    }

    [Fact]
    public void Two_orphans_for_one_lost_submit_are_ambiguous()
    {
        TaskSnapshot[] two = [Task("a", 3), Task("b", 4)];

        Assert.Null(Judge([Lost(0, 5)], List(20, two), List(19, two)));
        var outcome = Judge([Lost(0, 5)], List(25, two), List(24, two))!;
        Assert.Equal(SettlementVerdict.Ambiguous, outcome.Verdict);
        Assert.StartsWith("2 tasks that this workspace does not know", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_submits_that_overlap_are_ambiguous_and_never_guessed()
    {
        LostSubmit[] two = [Lost(0, 5), Lost(1, 6)];
        TaskSnapshot[] both = [Task("a", 3), Task("b", 4)];

        Assert.All(
            JudgeAll(two, List(30, both), List(29, both)),
            o => Assert.Equal(SettlementVerdict.Ambiguous, o!.Verdict)
        );
        Assert.All(
            JudgeAll(two, List(30, both[..1]), List(29, both[..1])),
            o => Assert.Equal(SettlementVerdict.Ambiguous, o!.Verdict)
        );
        Assert.All(JudgeAll(two, List(30), List(29)), o => Assert.Equal(SettlementVerdict.SentAgain, o!.Verdict));
    }

    [Fact]
    public void Lost_submits_that_differ_in_time_or_service_are_distinguished()
    {
        LostSubmit[] two = [Lost(0, 5), Lost(1, 6) with { Target = new TaskTarget("other") }];
        TaskSnapshot[] both = [Task("a", 3), Task("b", 4) with { ServiceName = "other" }];
        Assert.Equal(["a", "b"], JudgeAll(two, List(30, both), List(29, both)).Select(o => o!.Task!.Value.Value));

        LostSubmit[] later = [Lost(0, 5), Lost(300, 305)];
        TaskSnapshot[] apart = [Task("a", 3), Task("b", 304)];
        Assert.Equal(["a", "b"], JudgeAll(later, List(330, apart), List(329, apart)).Select(o => o!.Task!.Value.Value));
    }

    [Fact]
    public void An_orphan_that_a_submit_under_way_may_have_made_waits_for_that_ones_answer()
    {
        var task = Task("a", 3);
        var underWay = Lost(1, 121);

        Assert.Null(Judge([Lost(0, 5)], List(30, task), List(29, task), rivals: [underWay]));
        var outcome = Judge([Lost(0, 5)], List(130, task), List(129, task), rivals: [underWay])!;
        Assert.Equal(SettlementVerdict.Ambiguous, outcome.Verdict);
    }

    [Fact]
    public void A_stranger_nearby_prevents_an_adoption_and_an_own_orphan_does_not()
    {
        TaskSnapshot[] tasks = [Task("a", 3), Task("stranger", -60)];

        var outcome = Judge([Lost(0, 5)], List(30, tasks), List(29, tasks))!;
        Assert.Equal(SettlementVerdict.Ambiguous, outcome.Verdict);
        Assert.Contains("another client's, which created task stranger", outcome.Reason, StringComparison.Ordinal);

        var ours = Judge([Lost(0, 5)], List(30, tasks), List(29, tasks), ambiguous: [Lost(-62, -58)])!;
        Assert.Equal(("a", SettlementVerdict.Adopted), (ours.Task!.Value.Value, ours.Verdict));
    }

    [Fact]
    public void A_member_that_the_list_leaves_out_does_not_prevent_an_adoption()
    {
        var bare = new TaskSnapshot(new TaskId("a"), TaskState.Queued);

        Assert.Equal(SettlementVerdict.Adopted, Judge([Lost(0, 5)], List(8, bare), List(7, bare))!.Verdict);
    }

    [Fact]
    public void The_loss_of_a_process_that_died_is_dated_by_the_longest_submit()
    {
        Assert.Equal(T0.AddSeconds(120), LostSubmit.Of(Target, T0, T0.AddHours(9)).LostAt);
        Assert.Equal(T0.AddSeconds(7), LostSubmit.Of(Target, T0, T0.AddSeconds(7)).LostAt);
    }

    [Fact]
    public void A_submit_that_left_an_hour_after_its_intent_is_searched_for_until_it_was_lost()
    {
        var lost = new RunEffect.Settle(Attempt: 1, T0, T0.AddSeconds(3605)).ToLostSubmit(Target);
        var task = Task("a", 3602);

        Assert.Equal(SettlementVerdict.Adopted, Judge([lost], List(3609, task), List(3608, task))!.Verdict);
        Assert.Null(Judge([lost], List(3624), List(3623)));
        Assert.Equal(SettlementVerdict.SentAgain, Judge([lost], List(3625), List(3624))!.Verdict);
    }

    [Fact]
    public void A_clock_that_was_set_back_widens_the_time_by_a_whole_day()
    {
        var lost = LostSubmit.Of(Target, T0, T0.AddHours(-1));

        Assert.Equal((T0.AddHours(-25), T0.AddHours(-1)), (lost.IntendedAt, lost.LostAt));
    }

    private static LostSubmit Lost(int intended, int lost) => new(Target, T0.AddSeconds(intended), T0.AddSeconds(lost));

    private static TaskSnapshot Task(string id, int createdAt) =>
        new(new TaskId(id), TaskState.Queued)
        {
            ServiceName = "solve",
            AppName = "Plan",
            AppVersion = "1.0",
            CreatedAt = T0.AddSeconds(createdAt),
        };

    private static ListSnapshot List(int at, params TaskSnapshot[] orphans) =>
        new()
        {
            Orphans = orphans,
            Missing = [],
            IsComplete = true,
            Clocks = Clock(TimeSpan.Zero),
            AskedAt = T0.AddSeconds(at),
        };

    private static ServiceClocks Clock(TimeSpan ahead)
    {
        var known = new ServiceClock(new ClockOffset(ahead, ahead), new ClockOffset(ahead, ahead), IsSteady: true);
        return new ServiceClocks(known, known);
    }

    private static IReadOnlyList<SettlementOutcome?> JudgeAll(
        LostSubmit[] lost,
        ListSnapshot latest,
        ListSnapshot before
    ) =>
        Rules.Judge(
            new SettlementEvidence
            {
                Lost = lost,
                Latest = latest,
                Before = before,
                Polls = 2,
                Now = latest.AskedAt,
            }
        );

    private static SettlementOutcome? Judge(
        LostSubmit[] lost,
        ListSnapshot? latest,
        ListSnapshot? before,
        LostSubmit[]? rivals = null,
        LostSubmit[]? ambiguous = null,
        int polls = 2,
        int at = 0
    ) =>
        Rules.Judge(
            new SettlementEvidence
            {
                Lost = lost,
                Rivals = rivals ?? [],
                Ambiguous = ambiguous ?? [],
                Latest = latest,
                Before = before,
                Polls = polls,
                Now = latest?.AskedAt ?? T0.AddSeconds(at),
            }
        )[0];
}
