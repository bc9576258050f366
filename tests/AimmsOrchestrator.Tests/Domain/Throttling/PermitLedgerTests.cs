using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Throttling;

public sealed class PermitLedgerTests
{
    [Fact]
    public void Places_are_granted_in_the_order_of_asking_up_to_the_limit()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 2 });
        Ask(ledger, PermitKind.Slot, 1, 2, 3);

        Assert.Equal([1, 2], Granted(ledger, 0));
        ledger.Release(new PermitId(1), PermitKind.Slot);
        Assert.Equal([3], Granted(ledger, 0));
    }

    [Fact]
    public void Asking_twice_and_returning_twice_change_nothing()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 1 });
        Ask(ledger, PermitKind.Slot, 1, 1, 2, 3);
        Assert.Equal([1], Granted(ledger, 0));

        ledger.Release(new PermitId(1), PermitKind.Slot);
        ledger.Release(new PermitId(1), PermitKind.Slot);
        Assert.Equal([2], Granted(ledger, 0));
        Assert.Equal(1, ledger.SlotsHeld);
    }

    [Fact]
    public void Who_withdraws_is_passed_over()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 1 });
        Ask(ledger, PermitKind.Slot, 1, 2, 3);
        Granted(ledger, 0);

        ledger.ReleaseAll(new PermitId(2));
        ledger.ReleaseAll(new PermitId(1));
        Assert.Equal([3], Granted(ledger, 0));
    }

    [Fact]
    public void No_second_submit_goes_out_while_the_answer_to_the_first_is_outstanding()
    {
        var ledger = new PermitLedger(new Limits());
        Ask(ledger, PermitKind.Submit, 1, 2);

        Assert.Equal([1], Granted(ledger, 0));
        Assert.Null(ledger.NextGrantAt(At(0)));
        ledger.Release(new PermitId(1), PermitKind.Submit);
        Assert.Equal([2], Granted(ledger, 0));
    }

    [Fact]
    public void A_pause_grants_requests_about_tasks_and_nothing_else()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 2, MaxUnconfirmedSubmits = 2 });
        Ask(ledger, PermitKind.Submit, 1);
        Granted(ledger, 0);
        ledger.IsPaused = true;
        Ask(ledger, PermitKind.Request, 1);
        Ask(ledger, PermitKind.Submit, 3);

        Assert.Equal([1], Granted(ledger, 1));
        Assert.Null(ledger.NextGrantAt(At(1)));
        ledger.IsPaused = false;
        Assert.Equal([3], Granted(ledger, 1));
    }

    [Fact]
    public void Limits_that_are_changed_hold_at_once_and_count_what_was_used_before()
    {
        var ledger = new PermitLedger(new Limits { Requests = new Rate(3, TimeSpan.FromSeconds(10)) });
        Ask(ledger, PermitKind.Request, 1, 2, 3);
        Assert.Equal([1, 2, 3], Granted(ledger, 0));

        ledger.Limit(new Limits { Requests = new Rate(4, TimeSpan.FromSeconds(10)) });
        Ask(ledger, PermitKind.Request, 4, 5);
        Assert.Equal([4], Granted(ledger, 1));

        ledger.Limit(new Limits { Requests = new Rate(1, TimeSpan.FromSeconds(5)) });
        Assert.Equal(At(6), ledger.NextGrantAt(At(2)));
        ledger.Limit(new Limits());
        Assert.Equal([5], Granted(ledger, 2));
    }

    [Fact]
    public void A_rate_holds_over_any_stretch_of_time()
    {
        var ledger = new PermitLedger(new Limits { Requests = new Rate(2, TimeSpan.FromSeconds(1)) });
        Ask(ledger, PermitKind.Request, 1);
        Assert.Equal([1], Granted(ledger, 0.0));
        Ask(ledger, PermitKind.Request, 2, 3);
        Assert.Equal([2], Granted(ledger, 0.9));

        Assert.Equal(At(1.0), ledger.NextGrantAt(At(0.9)));
        Assert.Equal([3], Granted(ledger, 1.0));
        Ask(ledger, PermitKind.Request, 4);
        Assert.Equal(At(1.9), ledger.NextGrantAt(At(1.0)));
    }

    [Fact]
    public void A_submit_counts_against_both_rates()
    {
        var limits = new Limits
        {
            MaxUnconfirmedSubmits = 10,
            Submits = new Rate(1, TimeSpan.FromMinutes(1)),
            Requests = new Rate(2, TimeSpan.FromSeconds(1)),
        };
        var ledger = new PermitLedger(limits);
        Ask(ledger, PermitKind.Submit, 1, 2);
        Assert.Equal([1], Granted(ledger, 0));

        Ask(ledger, PermitKind.Request, 3, 4);
        Assert.Equal([3], Granted(ledger, 0));
        Assert.Equal([4], Granted(ledger, 1));
        Assert.Equal(At(60), ledger.NextGrantAt(At(2)));
        Assert.Equal([2], Granted(ledger, 60));
    }

    [Fact]
    public void A_submit_that_was_not_made_counts_against_no_rate()
    {
        var minute = TimeSpan.FromMinutes(1);
        var ledger = new PermitLedger(new Limits { Submits = new Rate(2, minute), Requests = new Rate(3, minute) });
        Ask(ledger, PermitKind.Slot, 1, 2, 3);
        Granted(ledger, 0);
        Ask(ledger, PermitKind.Submit, 1);
        Granted(ledger, 0);
        ledger.Release(new PermitId(1), PermitKind.Submit);
        for (var i = 1; i <= 5; i++)
        {
            Ask(ledger, PermitKind.Submit, 2);
            Assert.Equal([2], Granted(ledger, i));
            ledger.TakeBackSubmit(new PermitId(2));
            ledger.TakeBackSubmit(new PermitId(2));
        }

        ledger.IsAccountFull = true;
        Ask(ledger, PermitKind.Submit, 3);
        Assert.Empty(Granted(ledger, 6));
        ledger.IsAccountFull = false;
        Assert.Equal([3], Granted(ledger, 6));
        ledger.Release(new PermitId(3), PermitKind.Submit);
        Ask(ledger, PermitKind.Submit, 1);
        Assert.Equal(minute, ledger.NextGrantAt(At(7)));
    }

    [Fact]
    public void Requests_about_tasks_come_before_new_submits()
    {
        var ledger = new PermitLedger(new Limits { Requests = new Rate(1, TimeSpan.FromSeconds(1)) });
        Ask(ledger, PermitKind.Submit, 1);
        Ask(ledger, PermitKind.Request, 2);

        Assert.Equal([2], Granted(ledger, 0));
        Assert.Equal([1], Granted(ledger, 1));
    }

    [Fact]
    public void While_the_service_asks_for_a_pause_nothing_is_sent_and_slots_are_still_granted()
    {
        var ledger = new PermitLedger(new Limits());
        ledger.PauseUntil(At(5));
        ledger.PauseUntil(At(3));
        Ask(ledger, PermitKind.Request, 1);
        Ask(ledger, PermitKind.Submit, 2);
        Ask(ledger, PermitKind.Slot, 3);

        Assert.Equal([3], Granted(ledger, 4.9));
        Assert.Equal(At(5), ledger.NextGrantAt(At(4.9)));
        Assert.Equal([1, 2], Granted(ledger, 5));
    }

    [Fact]
    public void While_a_fate_is_unknown_no_run_submits_and_requests_continue()
    {
        var ledger = new PermitLedger(new Limits { MaxUnconfirmedSubmits = 4 });
        Ask(ledger, PermitKind.Slot, 1, 2);
        Assert.Equal([1, 2], Granted(ledger, 0));
        ledger.MarkUnconfirmed(new PermitId(1));
        Ask(ledger, PermitKind.Submit, 2);
        Ask(ledger, PermitKind.Request, 3);

        Assert.Equal([3], Granted(ledger, 0));
        Assert.Null(ledger.NextGrantAt(At(0)));
        ledger.Release(new PermitId(1), PermitKind.Submit);
        Assert.Equal([2], Granted(ledger, 0));
    }

    [Fact]
    public void A_run_that_gave_its_slot_back_gets_one_before_it_submits()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 1 });
        Ask(ledger, PermitKind.Slot, 1, 2);
        Assert.Equal([1], Granted(ledger, 0));
        ledger.Release(new PermitId(1), PermitKind.Slot);
        Assert.Equal([2], Granted(ledger, 0));

        Ask(ledger, PermitKind.Submit, 1);
        Assert.Empty(Granted(ledger, 0));
        ledger.ReleaseAll(new PermitId(2));
        Assert.Equal([1], Granted(ledger, 0));
        Assert.Equal(1, ledger.SlotsHeld);
    }

    [Fact]
    public void A_service_that_is_away_is_asked_nothing()
    {
        var ledger = new PermitLedger(new Limits()) { IsClosed = true };
        Ask(ledger, PermitKind.Slot, 1);
        Ask(ledger, PermitKind.Request, 2);

        Assert.Equal([1], Granted(ledger, 0));
        ledger.IsClosed = false;
        Assert.Equal([2], Granted(ledger, 0));
    }

    [Fact]
    public void Fewer_slots_revoke_none_and_are_granted_once_enough_came_back()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 3 });
        Ask(ledger, PermitKind.Slot, 1, 2, 3, 4, 5);
        Assert.Equal([1, 2, 3], Granted(ledger, 0));

        ledger.Slots = 2;
        ledger.Release(new PermitId(1), PermitKind.Slot);
        Assert.Empty(Granted(ledger, 0));
        Assert.Equal(2, ledger.SlotsHeld);
        ledger.Release(new PermitId(2), PermitKind.Slot);
        Assert.Equal([4], Granted(ledger, 0));

        ledger.Slots = 3;
        Assert.Equal([5], Granted(ledger, 0));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Ask(PermitLedger ledger, PermitKind kind, params long[] permits)
    {
        foreach (var permit in permits)
        {
            ledger.Acquire(new PermitId(permit), kind);
        }
    }

    private static long[] Granted(PermitLedger ledger, double seconds)
    {
        var grants = new List<Grant>();
        ledger.GrantAll(At(seconds), grants);
        return [.. grants.Select(g => g.Permit.Value)];
    }
}
