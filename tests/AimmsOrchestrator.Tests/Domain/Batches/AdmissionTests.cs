using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Batches;

/// <summary>How many slots a batch asks for, and how a run begins.</summary>
public sealed class AdmissionTests : BatchRulesTest
{
    [Fact]
    public void A_paused_batch_takes_the_runs_that_may_have_a_task_and_no_other()
    {
        Start = Start with { IsPaused = true, FirstRuns = 2 };

        Assert.Equal([1, 2], Begins().OfType<BatchEffect.RequestSlot>().Select(slot => slot.Permit.Value));
        Assert.Empty(Admit(1).OfType<BatchEffect.RequestSlot>());
        Assert.Empty(Admit(2).OfType<BatchEffect.RequestSlot>());

        var continued = After(new BatchFact.ControlChanged(new BatchControl(Plan.Limits, PausedSince: null)));
        Assert.Equal(4, continued.OfType<BatchEffect.RequestSlot>().Count());
    }

    [Fact]
    public void A_pause_withdraws_the_slots_that_were_asked_for()
    {
        Begins();
        Admit(1);

        var paused = After(new BatchFact.ControlChanged(new BatchControl(Plan.Limits, Begin)));

        Assert.Equal(4, paused.OfType<BatchEffect.ReleaseAll>().Count());
        Assert.Empty(Batch.SlotRequests);
        Assert.False(Batch.IsOver);
    }

    [Fact]
    public void A_batch_asks_for_as_many_slots_as_the_service_has()
    {
        var requests = Begins();

        Assert.Equal([1, 2, 3, 4], requests.Cast<BatchEffect.RequestSlot>().Select(e => e.Permit.Value));
    }

    [Fact]
    public void A_run_is_taken_only_once_its_slot_is_granted_and_another_slot_is_requested_then()
    {
        Begins();

        Assert.Equal([new BatchEffect.TakeRun(new PermitId(1))], After(new BatchFact.SlotGranted(new PermitId(1))));
        var started = Admit(2);
        Assert.Equal(
            [typeof(BatchEffect.StartRun), typeof(BatchEffect.LookUp), typeof(BatchEffect.RequestSlot)],
            started.Take(3).Select(e => e.GetType())
        );
    }

    [Fact]
    public void Runs_that_wait_for_others_do_not_grow_without_bound()
    {
        Begins();
        for (var permit = 1; Batch.SlotRequests.Count > 0 && permit < 1000; permit++)
        {
            Admit(permit);
        }

        Assert.Equal((2 * 4) + 256, Batch.Active.Count);

        End(1);
        Assert.Single(Batch.SlotRequests);
    }

    [Fact]
    public void A_slot_for_which_the_source_has_no_run_comes_back_and_no_other_is_requested()
    {
        Begins();
        After(new BatchFact.SlotGranted(new PermitId(1)));

        var effects = After(new BatchFact.SourceEnded(new PermitId(1)));

        Assert.Equal(new BatchEffect.ReleaseAll(new PermitId(1)), effects[0]);
        Assert.DoesNotContain(effects, e => e is BatchEffect.RequestSlot);
        Assert.Equal(
            [new BatchEffect.ReleaseAll(new PermitId(2))],
            After(new BatchFact.SlotGranted(new PermitId(2))).Take(1)
        );
    }

    [Fact]
    public void A_slot_that_was_withdrawn_and_granted_all_the_same_is_ignored()
    {
        Begins();
        After(new BatchFact.DetachRequested(new BatchStop(BatchEnd.Interrupted, "interrupted")));

        Assert.Empty(After(new BatchFact.SlotGranted(new PermitId(1))));
    }

    [Fact]
    public void A_run_whose_post_may_be_under_way_holds_back_the_others_before_it_has_an_actor()
    {
        Begins();
        var submitting = Run.New.Apply(new SubmitIntended(1, Begin));

        var effects = Admit(1, submitting);

        Assert.Equal(
            [typeof(BatchEffect.MarkUnconfirmed), typeof(BatchEffect.StartRun), typeof(BatchEffect.LookUp)],
            effects.Take(3).Select(e => e.GetType())
        );
        Assert.True(effects.OfType<BatchEffect.LookUp>().Single().IsSent);
        Assert.IsType<RunFact.Restarted>(effects.OfType<BatchEffect.StartRun>().Single().First);
    }

    [Fact]
    public void A_new_service_has_no_task_that_could_be_unconfirmed()
    {
        Start = Start with { IsServiceNew = true };
        Begins();

        var effects = Admit(1, Run.New.Apply(new SubmitIntended(1, Begin)));

        Assert.DoesNotContain(effects, e => e is BatchEffect.MarkUnconfirmed);
    }

    [Fact]
    public void What_is_typical_is_published_when_it_changes()
    {
        Begins();
        for (var task = 1; task < 5; task++)
        {
            Assert.Empty(After(new BatchFact.TaskCompleted(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2))));
        }

        var typical = new TypicalDurations(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Equal(
            [new BatchEffect.PublishDurations(typical)],
            After(new BatchFact.TaskCompleted(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)))
        );
        Assert.Empty(After(new BatchFact.TaskCompleted(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2))));
    }
}
