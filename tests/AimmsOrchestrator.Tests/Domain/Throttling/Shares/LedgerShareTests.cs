using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Throttling.Shares;

namespace AimmsOrchestrator.Tests.Domain.Throttling.Shares;

/// <summary>A ledger that has a share of its account.</summary>
public sealed class LedgerShareTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_smaller_of_share_and_own_limit_holds_and_nothing_is_revoked()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 4 });
        Ask(ledger, PermitKind.Slot, 1, 2, 3, 4, 5, 6);
        Assert.Equal([1, 2, 3, 4], Granted(ledger, 0));
        Assert.Equal(4, ledger.Wanted(TimeSpan.Zero));

        ledger.Resize(new Share(2, null, null), TimeSpan.Zero);
        ledger.Release(new PermitId(1), PermitKind.Slot);
        ledger.Release(new PermitId(2), PermitKind.Slot);
        Assert.Empty(Granted(ledger, 0));
        Assert.Equal((2, 4), (ledger.SlotsHeld, ledger.Wanted(TimeSpan.Zero)));

        ledger.Resize(new Share(9, null, null), TimeSpan.Zero);
        Assert.Equal([5, 6], Granted(ledger, 0));
        ledger.Slots = 1;
        Assert.Equal(4, ledger.Wanted(TimeSpan.Zero));
    }

    [Fact]
    public void A_batch_that_may_not_submit_wants_no_slots_for_runs_that_only_want_to()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 4 });
        Ask(ledger, PermitKind.Slot, 1, 2);
        Granted(ledger, 0);
        ledger.SubmitFrom(Minute);
        Ask(ledger, PermitKind.Submit, 2, 3);
        Granted(ledger, 0);

        // The first has a task, the others wait for the window.
        Assert.Equal((3, 1), (ledger.SlotsHeld, ledger.Wanted(TimeSpan.Zero)));
        Assert.Equal(3, ledger.Wanted(Minute));

        ledger.IsPaused = true;
        Ask(ledger, PermitKind.Submit, 4, 5);
        Assert.Equal(1, ledger.Wanted(Minute));
    }

    [Fact]
    public void A_batch_that_is_resumed_while_it_is_paused_wants_slots_for_the_tasks_that_it_has()
    {
        var ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = 4 }) { IsPaused = true };
        Assert.Equal(0, ledger.Wanted(TimeSpan.Zero));
        ledger.Resize(new Share(0, null, null), TimeSpan.Zero);

        Ask(ledger, PermitKind.Slot, 1, 2);
        Assert.Empty(Granted(ledger, 0));
        Assert.Equal(2, ledger.Wanted(TimeSpan.Zero));
    }

    [Fact]
    public void A_smaller_share_of_a_rate_holds_at_once_and_a_greater_one_a_period_later()
    {
        var ledger = new PermitLedger(new Limits { Requests = new Rate(4, Minute) });
        ledger.Resize(new Share(8, null, new Rate(2, Minute)), TimeSpan.Zero);
        Ask(ledger, PermitKind.Request, 1, 2, 3, 4, 5, 6, 7);
        Assert.Equal([1, 2], Granted(ledger, 0));

        ledger.Resize(new Share(8, null, new Rate(4, Minute)), TimeSpan.FromSeconds(10));
        ledger.Resize(new Share(8, null, new Rate(4, Minute)), TimeSpan.FromSeconds(20));
        Assert.Equal(Minute, ledger.NextGrantAt(TimeSpan.FromSeconds(20)));
        Assert.Equal([3, 4], Granted(ledger, 60));
        Assert.Equal(TimeSpan.FromSeconds(70), ledger.NextGrantAt(TimeSpan.FromSeconds(60)));
        Assert.Equal([5, 6], Granted(ledger, 70));
    }

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
        ledger.GrantAll(TimeSpan.FromSeconds(seconds), grants);
        return [.. grants.Select(grant => grant.Permit.Value)];
    }
}
