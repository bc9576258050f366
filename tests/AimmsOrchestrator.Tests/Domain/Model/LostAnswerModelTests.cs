using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using Xunit.Abstractions;

namespace AimmsOrchestrator.Tests.Domain.Model;

/// <summary>Every way in which answers can get lost and processes die, up to a few of each, walked to its end.</summary>
public sealed class LostAnswerModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2, 1, 2, 1)]
    [InlineData(3, 1, 1, 0)]
    [InlineData(1, 1, 1, 2)]
    public void With_one_submit_unconfirmed_every_run_completes_and_none_is_sent_twice(
        int runs,
        int unconfirmed,
        int losses,
        int crashes
    ) =>
        Explore(
            runs,
            unconfirmed,
            Stranger.Nobody,
            losses,
            crashes,
            model =>
            {
                Assert.DoesNotContain(SettlementVerdict.Ambiguous, model.Verdicts);
                Assert.All(model.Runs, run => Assert.Equal(RunPhase.Completed, run.Phase));
            }
        );

    [Theory]
    [InlineData(2, 2, 2, 1)]
    [InlineData(3, 2, 1, 0)]
    public void With_more_of_them_none_is_sent_twice_and_no_answer_is_mistaken_for_anothers(
        int runs,
        int unconfirmed,
        int losses,
        int crashes
    ) => Explore(runs, unconfirmed, Stranger.Nobody, losses, crashes, _ => { });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_a_stranger_about_who_was_seen_no_answer_is_mistaken_for_anothers(int unconfirmed) =>
        Explore(2, unconfirmed, Stranger.Busy, losses: 1, crashes: 1, _ => { });

    [Fact]
    public void A_stranger_who_was_never_seen_before_is_what_is_left()
    {
        var mistaken = 0;
        Explore(
            2,
            1,
            Stranger.Silent,
            losses: 1,
            crashes: 0,
            _ => { },
            (model, run) =>
            {
                // Only where our own was never taken, or did not show yet.
                Assert.DoesNotContain(
                    model.World.Tasks,
                    task => task.Owner == run && task.ListedFrom == task.CreatedAt
                );
                mistaken++;
            }
        );
        Assert.True(mistaken > 0, "the README beside the rules says that this can happen");
    }

    private void Explore(
        int runs,
        int unconfirmed,
        Stranger stranger,
        int losses,
        int crashes,
        Action<LostAnswerModel> check,
        Action<LostAnswerModel, int>? onMistaken = null
    )
    {
        var choices = new Choices();
        var paths = 0;
        do
        {
            var model = new LostAnswerModel(choices, runs, unconfirmed, stranger, losses, crashes);
            try
            {
                model.Run();
                CheckAlways(model, unconfirmed, onMistaken);
                check(model);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"choices {choices}: {e.Message}\n{model.Story}", e);
            }

            paths++;
        } while (choices.Advance());

        output.WriteLine($"{paths} paths");
    }

    private static void CheckAlways(LostAnswerModel model, int unconfirmed, Action<LostAnswerModel, int>? onMistaken)
    {
        Assert.InRange(model.World.MostUnconfirmed, 0, unconfirmed);
        for (var run = 0; run < model.Runs.Length; run++)
        {
            Assert.InRange(model.World.Tasks.Count(task => task.Owner == run), 0, 1);
            if (model.Runs[run].Phase == RunPhase.Completed && model.AnswerOf(run) != run)
            {
                Assert.NotNull(onMistaken);
                onMistaken(model, run);
            }
        }
    }
}
