using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Domain.Policies;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.Batches;

/// <summary>What stops a batch before its last run.</summary>
public sealed class StopRulesTests : BatchRulesTest
{
    [Fact]
    public void Too_many_failures_stop_the_batch()
    {
        Plan = Plan with { Runs = new FakeRuns(100), FailureBudget = new FailureBudget(3, Share: null) };
        Begins();
        Pass(17, RunPhase.Completed);
        Pass(2, RunPhase.Failed);
        Assert.Null(Batch.Stop);

        Pass(1, RunPhase.Failed);

        Assert.Equal(new BatchStop(BatchEnd.FailureBudget, "3 of 20 runs failed, and stop.failures is 3"), Batch.Stop);
    }

    [Fact]
    public void Failures_of_an_earlier_execution_do_not_count_against_the_budget()
    {
        Plan = Plan with { Runs = new FakeRuns(100), FailureBudget = new FailureBudget(3, Share: null) };
        Start = Start with
        {
            Tally = new BatchTally { Completed = 10, Failed = 10 },
        };
        Begins();

        Pass(19, RunPhase.Completed);
        Pass(2, RunPhase.Failed);

        Assert.Null(Batch.Stop);
        Assert.Equal(12, Batch.Tally.Failed);
    }

    [Fact]
    public void Failures_that_are_copied_answers_do_not_count_against_the_budget()
    {
        Plan = Plan with { Runs = new FakeRuns(100), FailureBudget = new FailureBudget(null, Share: 0.05) };
        Begins();
        for (var permit = 1; permit <= 30; permit++)
        {
            Admit(permit);
            After(new BatchFact.RunEnded(new(permit), RunPhase.Failed, Enough: null) { IsCopied = true });
            After(new BatchFact.RunStopped(new(permit)));
        }

        Pass(19, RunPhase.Completed);
        Assert.Equal((30, null), (Batch.Tally.Failed, Batch.Stop));
        Pass(1, RunPhase.Failed);
        Assert.Equal(new BatchStop(BatchEnd.FailureBudget, "1 of 20 runs failed, and stop.failures is 5%"), Batch.Stop);
    }

    [Fact]
    public void Results_that_are_enough_stop_the_batch_unless_they_are_all()
    {
        Begins();
        Pass(9, RunPhase.Completed);
        Admit(10);
        End(10, enough: "enough");
        Assert.Null(Batch.Stop);
        Assert.Equal(BatchEnd.AllRunsEnded, Batch.Outcome.End);
    }

    [Fact]
    public void A_batch_that_stops_withdraws_its_slot_requests_and_detaches_its_runs()
    {
        Begins();
        Admit(1);
        Admit(2);

        var effects = After(new BatchFact.RunEnded(new(1), RunPhase.Completed, "enough"));

        Assert.Equal(new BatchStop(BatchEnd.StopRule, "enough"), Batch.Stop);
        Assert.Equal(4, effects.OfType<BatchEffect.ReleaseAll>().Count());
        Assert.Equal(new BatchEffect.SendToRuns(new RunFact.DetachRequested()), effects[^1]);
        Assert.Empty(Batch.SlotRequests);
    }

    [Fact]
    public void The_first_reason_to_stop_stays()
    {
        Begins();
        Admit(1);
        After(new BatchFact.ServiceRefused("401"));
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));

        Assert.Equal(new BatchStop(BatchEnd.ServiceRefused, "401"), Batch.Stop);
    }

    [Fact]
    public void A_run_that_starts_while_the_batch_stops_is_detached_at_once()
    {
        Begins();
        Admit(1);
        After(new BatchFact.RunCrashed(new(1), "a bug"));
        After(new BatchFact.RunStopped(new(1)));
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));

        var effects = After(new BatchFact.RunReplayed(0, Run.New));

        Assert.Equal(new BatchEffect.SendToRun(new(1), new RunFact.DetachRequested()), effects[^1]);
    }

    [Fact]
    public void What_was_enough_in_an_earlier_execution_is_not_enough_any_more()
    {
        var fresh = new EnoughResults(new EnoughAt(2));
        Assert.Null(fresh.Ended(RunResults.None));
        Assert.Equal("enough", fresh.Ended(RunResults.None));

        var resumed = new EnoughResults(new EnoughAt(2));
        resumed.Replay(RunResults.None);
        Assert.Equal("enough", resumed.Ended(RunResults.None));

        var continued = new EnoughResults(new EnoughAt(1));
        continued.Replay(RunResults.None);
        Assert.Null(continued.Ended(RunResults.None));
        Assert.Null(new EnoughResults(rule: null).Ended(RunResults.None));
    }
}
