using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Batches;

/// <summary>What becomes of a run whose actor threw.</summary>
public sealed class CrashTests : BatchRulesTest
{
    private static readonly Run Submitting = Run.New.Apply(new SubmitIntended(1, Begin));

    public CrashTests()
    {
        Begins();
        Admit(1);
        Effects.Clear();
    }

    [Fact]
    public void A_crashed_run_keeps_its_slot_while_its_events_are_read_back()
    {
        var effects = Crash();

        Assert.Equal([new BatchEffect.MarkUnconfirmed(new(1)), new BatchEffect.Replay(0)], effects);
        Assert.Single(Batch.Active);
    }

    [Fact]
    public void It_is_restarted_and_others_may_submit_if_no_post_of_it_was_under_way()
    {
        Crash();

        var effects = After(new BatchFact.RunReplayed(0, Run.New));

        Assert.Equal(new BatchEffect.ReleaseSubmit(new(1)), effects[0]);
        var start = Assert.Single(effects.OfType<BatchEffect.StartRun>());
        Assert.Equal((new RunFact.Restarted(IsServiceNew: false), 1), (start.First, start.Active.Crashes));
    }

    [Fact]
    public void A_post_that_may_be_under_way_still_holds_the_others_back()
    {
        Crash();

        var effects = After(new BatchFact.RunReplayed(0, Submitting));

        Assert.Equal(new BatchEffect.MarkUnconfirmed(new(1)), effects[0]);
        Assert.DoesNotContain(effects, e => e is BatchEffect.ReleaseSubmit);
    }

    [Fact]
    public void The_third_crash_fails_the_run_and_only_what_is_on_disk_counts()
    {
        for (var crash = 0; crash < 2; crash++)
        {
            Crash();
            After(new BatchFact.RunReplayed(0, Run.New));
        }

        Crash();
        var effects = After(new BatchFact.RunReplayed(0, Run.New));
        var failure = Assert.IsType<BatchEffect.RecordFailure>(effects[0]);
        Assert.Equal(
            (RunErrorKind.Bug, true),
            (failure.Failed.Error.Kind, failure.Failed.Error.Message.EndsWith("boom", StringComparison.Ordinal))
        );
        Assert.Equal(new BatchEffect.Replay(0), effects[1]);
        Assert.Equal(0, Batch.Tally.Failed);

        var failed = Run.New.Apply(failure.Failed);
        Assert.Equal([new BatchEffect.CountEnd(new(1), RunPhase.Failed)], After(new BatchFact.RunReplayed(0, failed)));
        var released = End(1, RunPhase.Failed);
        Assert.Equal(1, Batch.Tally.Failed);
        Assert.Contains(released, e => e is BatchEffect.ReleaseKey);
        Assert.Contains(new BatchEffect.ReleaseAll(new(1)), released);
    }

    [Fact]
    public void A_run_that_is_done_gives_everything_back()
    {
        var effects = End(1);

        Assert.IsType<BatchEffect.ReleaseKey>(effects[0]);
        Assert.Equal(new BatchEffect.ReleaseAll(new(1)), effects[1]);
        Assert.Empty(Batch.Active);
        Assert.Empty(After(new BatchFact.RunStopped(new(1))));
    }

    private List<BatchEffect> Crash()
    {
        After(new BatchFact.RunCrashed(new(1), "boom"));
        return After(new BatchFact.RunStopped(new(1)));
    }
}
