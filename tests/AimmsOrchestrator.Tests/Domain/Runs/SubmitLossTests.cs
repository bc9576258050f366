using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>What an answer that does not say whether the task was taken shows of the submit's end.</summary>
public sealed class SubmitLossTests : RunTest
{
    [Theory]
    [InlineData(200, false, SubmitLoss.Answered)]
    [InlineData(500, true, SubmitLoss.Answered)]
    [InlineData(501, true, SubmitLoss.Answered)]
    [InlineData(502, true, SubmitLoss.Gateway)]
    [InlineData(503, false, SubmitLoss.Gateway)]
    [InlineData(500, false, SubmitLoss.Silence)]
    [InlineData(504, true, SubmitLoss.Silence)]
    [InlineData(408, false, SubmitLoss.Silence)]
    [InlineData(507, false, SubmitLoss.Silence)]
    [InlineData(520, false, SubmitLoss.Silence)]
    [InlineData(522, false, SubmitLoss.Silence)]
    [InlineData(524, true, SubmitLoss.Silence)]
    [InlineData(null, false, SubmitLoss.Silence)]
    public void Only_the_services_own_answer_says_that_it_is_done_with_the_submit(
        int? status,
        bool hasErrorCode,
        SubmitLoss loss
    ) => Assert.Equal(loss, LossOf(After(Submitting(), Answer(status, hasErrorCode))));

    [Theory]
    [InlineData(200, SubmitLoss.Answered)]
    [InlineData(500, SubmitLoss.Silence)]
    [InlineData(503, SubmitLoss.Gateway)]
    [InlineData(524, SubmitLoss.Silence)]
    [InlineData(null, SubmitLoss.Silence)]
    public void A_resumed_run_knows_the_status_alone(int? status, SubmitLoss loss)
    {
        var lost = After(Submitting(), Answer(status, hasErrorCode: true));

        Assert.Equal(loss, LossOf(After(lost.Next, new RunFact.Restarted(IsServiceNew: false))));
    }

    [Fact]
    public void A_loss_that_a_process_saw_keeps_its_date_and_that_of_a_dead_one_is_dated_by_the_intent()
    {
        var restarted = new RunFact.Restarted(IsServiceNew: false);
        var seen = After(Submitting(), Answer(status: null, hasErrorCode: false), seconds: 3605);
        var resumed = After(seen.Next, restarted, seconds: 7200);
        var left = After(Submitting(), restarted, seconds: 3605);
        var leftTwice = After(left.Next, restarted, seconds: 7200);

        Assert.Equal((3605.0, 3605.0), (LostAfter(seen), LostAfter(resumed)));
        Assert.Equal((120.0, 120.0), (LostAfter(left), LostAfter(leftTwice)));
    }

    private static RunFact.SubmitAnswered Answer(int? status, bool hasErrorCode) =>
        new(
            1,
            new ServiceFault(FaultKind.Broken, $"{status}")
            {
                HttpStatus = status,
                ErrorCode = hasErrorCode ? 30001 : null,
                MayHaveArrived = true,
            }
        );

    private static SubmitLoss LossOf(RunDecision decision) => SettleOf(decision).Loss;

    private static double LostAfter(RunDecision decision) =>
        (SettleOf(decision).ToLostSubmit(target: null).LostAt - Now).TotalSeconds;

    private static RunEffect.Settle SettleOf(RunDecision decision) =>
        Assert.IsType<RunEffect.Settle>(Assert.Single(decision.Effects));
}
