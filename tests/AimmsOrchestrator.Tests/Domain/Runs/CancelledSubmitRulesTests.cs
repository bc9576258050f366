using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>What is written of a submit that was under way when its batch was cancelled.</summary>
public sealed class CancelledSubmitRulesTests : RunTest
{
    [Fact]
    public void The_loss_of_the_answer_is_written_once()
    {
        var lost = Assert.IsType<SubmitUnconfirmed>(CancelledSubmitRules.Lose(Submitting(), Now));

        Assert.Equal((1, false), (lost.Attempt, lost.CountsAsAttempt));
        Assert.Null(CancelledSubmitRules.Lose(Submitting().Apply(lost), Now));
    }

    [Fact]
    public void A_task_that_can_only_be_the_submits_own_is_adopted()
    {
        var outcome = new SettlementOutcome(SettlementVerdict.Adopted, Task, "the only one");

        var settled = Assert.IsType<SubmitSettled>(CancelledSubmitRules.Settle(Unconfirmed(), outcome, "", Now));

        Assert.Equal((SettlementVerdict.Adopted, Task), (settled.Verdict, settled.Task));
        Assert.Equal(RunPhase.AtService, Unconfirmed().Apply(settled).Phase);
    }

    [Fact]
    public void A_submit_about_which_the_list_shows_nothing_is_ambiguous_and_says_why()
    {
        var settled = CancelledSubmitRules.Settle(Unconfirmed(), outcome: null, "the list cannot be read", Now);

        Assert.Equal(
            new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "the list cannot be read", Now),
            settled
        );
    }

    [Fact]
    public void A_submit_that_was_never_taken_needs_no_verdict_since_nothing_can_appear()
    {
        var outcome = new SettlementOutcome(SettlementVerdict.SentAgain, Task: null, "not in the list");

        Assert.Null(CancelledSubmitRules.Settle(Unconfirmed(), outcome, "", Now));
    }
}
