using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Batches;

/// <summary>When a batch is over, and how it says so.</summary>
public sealed class EndRulesTests : BatchRulesTest
{
    private static readonly InvalidOperationException Bug = new("out of range");

    [Fact]
    public void A_batch_ends_with_its_last_run_once_the_end_is_on_disk()
    {
        Begins();
        Pass(10, RunPhase.Completed);
        var permit = Batch.SlotRequests.Min(request => request.Value);
        After(new BatchFact.SlotGranted(new(permit)));
        var effects = After(new BatchFact.SourceEnded(new(permit)));

        var outcome = Assert.Single(effects.OfType<BatchEffect.RecordEnd>()).Outcome;
        Assert.Equal((BatchEnd.AllRunsEnded, 10L), (outcome.End, outcome.Tally.Completed));
        Assert.Empty(After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted"))));
        Assert.Equal([new BatchEffect.Finish(outcome)], After(new BatchFact.EndRecorded()));
    }

    [Fact]
    public void A_batch_that_stops_ends_once_every_run_is_detached()
    {
        Begins();
        Admit(1);
        Admit(2);
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));
        Assert.Empty(Detach(1).OfType<BatchEffect.RecordEnd>());

        var ended = Assert.Single(Detach(2).OfType<BatchEffect.RecordEnd>());

        Assert.Equal((BatchEnd.Interrupted, "interrupted"), (ended.Outcome.End, ended.Outcome.Reason));
    }

    [Fact]
    public void A_retry_ends_as_such_when_runs_are_left_that_have_not_begun()
    {
        Start = Start with { IsOnlyBegun = true };
        Begins();
        Admit(1);
        End(1);
        After(new BatchFact.SlotGranted(new(2)));

        var effects = After(new BatchFact.SourceEnded(new(2)));

        Assert.Equal(BatchEnd.Retried, Assert.Single(effects.OfType<BatchEffect.RecordEnd>()).Outcome.End);
    }

    [Fact]
    public void Finished_tasks_are_removed_before_the_end_but_not_when_the_batch_stops()
    {
        Plan = Plan with { DeletesTasks = true };
        Begins();
        Admit(1);
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));

        Assert.DoesNotContain(Detach(1), e => e is BatchEffect.FinishCleanup);
        Assert.True(Batch.IsEnding);
    }

    [Fact]
    public void A_batch_that_is_stopped_while_it_cleans_up_ends_at_once()
    {
        Plan = Plan with { DeletesTasks = true };
        Begins();
        After(new BatchFact.SlotGranted(new(1)));
        Assert.Contains(After(new BatchFact.SourceEnded(new(1))), e => e is BatchEffect.FinishCleanup);

        var effects = After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));

        Assert.Contains(effects, e => e is BatchEffect.RecordEnd);
    }

    [Fact]
    public void A_journal_that_cannot_be_written_ends_the_batch_on_the_spot_even_while_its_end_is_written()
    {
        Begins();
        Admit(1);

        var effects = After(new BatchFact.JournalFailed("disk full"));

        var finish = Assert.IsType<BatchEffect.Finish>(effects[^1]);
        Assert.Equal((BatchEnd.JournalLost, "disk full"), (finish.Outcome.End, finish.Outcome.Reason));
    }

    [Fact]
    public void An_actor_that_fails_ends_the_batch_on_the_spot_and_is_named()
    {
        Begins();
        Admit(1);

        var effects = After(new BatchFact.ActorFailed("poller", Bug));

        var finish = Assert.IsType<BatchEffect.Finish>(effects[^1]);
        Assert.Equal(BatchEnd.Bug, finish.Outcome.End);
        Assert.Equal("a bug in this program: the poller actor failed: out of range", finish.Outcome.Reason);
        Assert.Same(Bug, finish.Outcome.Bug);
    }

    [Fact]
    public void A_batch_that_stops_anyway_ends_with_the_failure_of_an_actor()
    {
        Begins();
        Admit(1);
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));

        var effects = After(new BatchFact.ActorFailed("throttle", Bug));

        var finish = Assert.IsType<BatchEffect.Finish>(effects[^1]);
        Assert.Equal(BatchEnd.Bug, finish.Outcome.End);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void While_the_end_is_written_only_the_journal_counts(bool isJournal)
    {
        Begins();
        Admit(1);
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));
        Assert.Contains(Detach(1), e => e is BatchEffect.RecordEnd);

        var effects = After(new BatchFact.ActorFailed("solves", Bug) { IsJournal = isJournal });

        Assert.Equal(isJournal, effects.Exists(e => e is BatchEffect.Finish { Outcome.End: BatchEnd.Bug }));
    }

    private List<BatchEffect> Detach(long permit)
    {
        After(new BatchFact.RunDetached(new(permit)));
        return After(new BatchFact.RunStopped(new(permit)));
    }

    [Fact]
    public void An_execution_of_the_first_runs_alone_stops_and_leaves_the_others()
    {
        Start = Start with { Only = 3 };
        Begins();
        Pass(3, RunPhase.Completed);
        var permit = Batch.SlotRequests.Min(request => request.Value);
        After(new BatchFact.SlotGranted(new(permit)));
        var outcome = Assert
            .Single(After(new BatchFact.SourceEnded(new(permit))).OfType<BatchEffect.RecordEnd>())
            .Outcome;

        Assert.Equal((BatchEnd.StopRule, "only the first 3 runs were wanted"), (outcome.End, outcome.Reason));
    }
}
