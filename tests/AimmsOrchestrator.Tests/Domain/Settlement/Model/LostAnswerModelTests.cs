using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using Xunit.Abstractions;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>Every way in which answers are lost, polls fail and processes die, up to a few of each, followed to its end.</summary>
public sealed class LostAnswerModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2, 1, 2, 1, 0, 12_000)]
    [InlineData(3, 1, 1, 0, 0, 860)]
    [InlineData(1, 1, 1, 2, 0, 630)]
    [InlineData(2, 1, 1, 0, 2, 820)]
    public void With_one_submit_unconfirmed_every_run_completes_and_none_is_sent_twice(
        int runs,
        int unconfirmed,
        int losses,
        int crashes,
        int listFaults,
        int fewestPaths
    ) => Explore(new Bounds(runs, unconfirmed, losses, crashes, listFaults), fewestPaths, CheckCompleted);

    [Theory]
    [InlineData(2, 2, 2, 1, 0, false, 61_000)]
    [InlineData(3, 2, 1, 0, 0, false, 10_000)]
    [InlineData(2, 2, 1, 0, 2, false, 2_200)]
    [InlineData(2, 1, 1, 1, 0, true, 10_000)]
    [InlineData(2, 2, 2, 0, 0, true, 8_000)]
    [InlineData(1, 1, 1, 2, 0, true, 10_000)]
    public void With_more_of_them_or_clocks_that_are_set_none_is_sent_twice_and_no_run_gets_anothers_answer(
        int runs,
        int unconfirmed,
        int losses,
        int crashes,
        int listFaults,
        bool clocks,
        int fewestPaths
    ) => Explore(new Bounds(runs, unconfirmed, losses, crashes, listFaults) { Clocks = clocks }, fewestPaths, _ => { });

    [Theory]
    [InlineData(2, 1, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 1, 1)]
    public void With_a_page_that_comes_late_no_run_is_taken_for_lost_by_what_the_page_could_not_show_yet(
        int runs,
        int losses,
        int crashes
    ) => Explore(new Bounds(runs, Unconfirmed: 1, losses, crashes) { SlowPages = 1 }, fewestPaths: 40, CheckCompleted);

    [Fact]
    public void With_a_machine_that_sleeps_between_intent_and_post_none_is_sent_twice() =>
        Explore(
            new Bounds(Runs: 2, Unconfirmed: 1, Losses: 1, Crashes: 0) { Sleeps = 1 },
            fewestPaths: 40,
            CheckCompleted
        );

    [Fact]
    public void With_an_answer_that_is_late_its_task_is_not_adopted_by_another_run() =>
        Explore(
            new Bounds(Runs: 2, Unconfirmed: 2, Losses: 1, Crashes: 0, ListFaults: 1) { LateAnswers = 1 },
            fewestPaths: 1,
            _ => { }
        );

    [Theory]
    [InlineData(1, 1_100)]
    [InlineData(2, 7_200)]
    public void With_a_stranger_that_was_seen_no_answer_is_mistaken_for_anothers(int unconfirmed, int fewestPaths) =>
        Explore(
            new Bounds(Runs: 2, unconfirmed, Losses: 1, Crashes: 1) { Stranger = Stranger.Busy },
            fewestPaths,
            _ => { }
        );

    [Fact]
    public void A_stranger_that_was_never_seen_before_is_the_remaining_risk()
    {
        var mistaken = 0;
        Explore(
            new Bounds(Runs: 2, Unconfirmed: 1, Losses: 1, Crashes: 0) { Stranger = Stranger.Silent },
            fewestPaths: 50,
            _ => { },
            (model, run) =>
            {
                // Only where the run's own POST was never taken, or its task did not show yet.
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
        Bounds bounds,
        int fewestPaths,
        Action<LostAnswerModel> check,
        Action<LostAnswerModel, int>? onMistaken = null
    )
    {
        var choices = new Choices();
        var paths = 0;
        do
        {
            var model = new LostAnswerModel(choices, bounds);
            try
            {
                model.Run();
                CheckAlways(model, bounds.Unconfirmed, onMistaken);
                check(model);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"choices {choices}: {e.Message}\n{model.Story}", e);
            }

            paths++;
        } while (choices.Advance());

        output.WriteLine($"{paths} paths");
        Assert.InRange(paths, fewestPaths, int.MaxValue);
    }

    private static void CheckCompleted(LostAnswerModel model)
    {
        Assert.DoesNotContain(SettlementVerdict.Ambiguous, model.Verdicts);
        Assert.All(model.Runs, run => Assert.Equal(RunPhase.Completed, run.Phase));
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
