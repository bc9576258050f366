using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Batches;

/// <summary>The scenario's <c>stop.at</c>: it is 18:00, and the batch is to be over at 18:10, with a lead of a minute.</summary>
public sealed class DeadlineTests : BatchRulesTest
{
    public DeadlineTests() => Plan = Plan with { StopAt = At(10) };

    [Fact]
    public void Nothing_happens_before_submits_end()
    {
        Begins();

        Assert.Empty(After(new BatchFact.ClockTicked(), minutes: 7.9));
    }

    [Fact]
    public void Submits_end_first_and_no_other_run_begins()
    {
        Begins();
        Admit(1);

        var effects = After(new BatchFact.ClockTicked(), minutes: 8);

        Assert.IsType<BatchEffect.EndSubmits>(effects[0]);
        Assert.Equal(4, effects.OfType<BatchEffect.ReleaseAll>().Count());
        Assert.Empty(Batch.SlotRequests);
        Assert.Empty(After(new BatchFact.ClockTicked(), minutes: 8.5));
    }

    [Fact]
    public void Then_the_runs_drain_once()
    {
        Begins();
        Admit(1);
        After(new BatchFact.ClockTicked(), minutes: 8);

        Assert.Equal(
            [new BatchEffect.SendToRuns(new RunFact.DrainRequested())],
            After(new BatchFact.ClockTicked(), minutes: 9)
        );
        Assert.Empty(After(new BatchFact.ClockTicked(), minutes: 9.5));
    }

    [Fact]
    public void A_crashed_run_that_is_restarted_after_that_drains_too()
    {
        Begins();
        Admit(1);
        After(new BatchFact.ClockTicked(), minutes: 9);
        After(new BatchFact.RunCrashed(new(1), "a bug"));
        After(new BatchFact.RunStopped(new(1)));

        var effects = After(new BatchFact.RunReplayed(0, Run.New), minutes: 9.1);

        Assert.Equal(new BatchEffect.SendToRun(new(1), new RunFact.DrainRequested()), effects[^1]);
    }

    [Fact]
    public void At_the_end_the_batch_is_left_whatever_is_under_way()
    {
        Begins();
        Admit(1);

        var effects = After(new BatchFact.ClockTicked(), minutes: 10);

        Assert.Contains(new BatchEffect.SendToRuns(new RunFact.DetachRequested()), effects);
        Assert.Equal(BatchEnd.Deadline, Batch.Outcome.End);
        Assert.StartsWith("stop.at 18:10:00", Batch.Outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_whose_last_run_drains_in_time_ends_at_its_deadline_with_runs_left()
    {
        Begins();
        Admit(1);
        After(new BatchFact.ClockTicked(), minutes: 9);

        var effects = End(1, minutes: 9.2);

        var ended = Assert.Single(effects.OfType<BatchEffect.RecordEnd>());
        Assert.Equal((BatchEnd.Deadline, 1L), (ended.Outcome.End, ended.Outcome.Tally.Completed));
    }

    [Fact]
    public void A_batch_that_has_all_its_runs_by_then_is_just_done()
    {
        Start = Start with { Tally = new BatchTally { Completed = 9 } };
        Begins();
        Admit(1);
        After(new BatchFact.ClockTicked(), minutes: 9);

        var ended = Assert.Single(End(1, minutes: 9.2).OfType<BatchEffect.RecordEnd>());

        Assert.Equal(BatchEnd.AllRunsEnded, ended.Outcome.End);
    }

    [Fact]
    public void A_batch_that_only_cleans_up_is_not_cut_short()
    {
        Plan = Plan with { DeletesTasks = true };
        Start = Start with { Tally = new BatchTally { Completed = 9 } };
        Begins();
        Admit(1);
        After(new BatchFact.SlotGranted(new(2)));
        After(new BatchFact.SourceEnded(new(2)));
        Assert.Contains(End(1), e => e is BatchEffect.FinishCleanup);

        After(new BatchFact.ClockTicked(), minutes: 11);

        Assert.Null(Batch.Stop);
        var ended = Assert.Single(After(new BatchFact.CleanupFinished(2)).OfType<BatchEffect.RecordEnd>());
        Assert.Equal((BatchEnd.AllRunsEnded, 2), (ended.Outcome.End, ended.Outcome.Tally.TasksKept));
    }
}
