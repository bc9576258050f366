using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine.Journaling;

/// <summary>A process whose batch another one has claimed writes nothing more, and does nothing more.</summary>
public sealed class FencingTests : BatchTest
{
    [Fact]
    public async Task A_batch_that_another_process_claimed_ends_without_another_submit()
    {
        Start();
        Advance(seconds: 1);
        var (submits, events) = (Service.Submits, Journal.Count);
        Assert.True(submits > 0);

        ClaimElsewhere();
        Advance(seconds: 30);

        var outcome = await Outcome;
        Assert.Equal(BatchEnd.JournalLost, outcome.End);
        Assert.Contains("another process has claimed the batch", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal((submits, events), (Service.Submits, Journal.Count));
        Assert.Empty(Steps<RunCompleted>());
        Assert.True(RefusedEntries > 0);
    }

    [Fact]
    public async Task A_submit_that_waits_to_leave_when_the_batch_is_claimed_does_not_leave()
    {
        Limits = new Limits { MaxUnfinishedTasks = 4, MaxUnconfirmedSubmits = 2 };
        Service.DurationOf = n => TimeSpan.FromSeconds(n <= 2 ? 2 : 6);
        ISendLease? lease = null;
        Service.Taken = request => lease = request.Lease;
        Start();
        Advance(seconds: 1);
        var submits = Service.Submits;
        Service.SubmitDelay = NewGate();
        Advance(seconds: 3);
        var intended = Steps<SubmitIntended>().Count;
        Assert.True(intended > submits);

        Assert.True(lease!.MaySend);
        ClaimElsewhere();
        Advance(seconds: 30);
        Service.SubmitDelay.Open();

        Assert.Equal(BatchEnd.JournalLost, (await Outcome).End);
        Assert.False(lease!.MaySend);
        Assert.Equal((submits, intended), (Service.Submits, Steps<SubmitIntended>().Count));
    }

    [Fact]
    public async Task A_driver_that_was_cut_off_and_not_robbed_continues()
    {
        var lease = new MonotonicLease(Time, OwnershipTimes.Lease);
        Lease = lease;
        lease.Renew(MonotonicLease.Now(Time));
        Runs = new FakeRuns(1);
        Service.SubmitDelay = NewGate();
        Start();
        Advance(seconds: 10);

        var delay = Service.SubmitDelay;
        Service.SubmitDelay = null;
        delay.Open();
        Assert.Equal(0, Service.Submits);
        Advance(seconds: 1);
        lease.Renew(MonotonicLease.Now(Time));
        Advance(seconds: 10);

        Assert.Equal(BatchEnd.AllRunsEnded, (await Outcome).End);
        Assert.Equal(1, Service.Submits);
        Assert.NotEmpty(Steps<SubmitFailed>());
        Assert.DoesNotContain(Steps<SubmitFailed>(), failed => failed.CountsAsAttempt);
        Assert.Single(Steps<RunCompleted>());
    }

    [Fact]
    public async Task Nothing_leaves_once_the_execution_is_given_up()
    {
        ISendLease? lease = null;
        Service.Taken = request => lease = request.Lease;
        Start();
        Advance(seconds: 1);
        await StopAsync();

        Assert.False(lease!.MaySend);
    }
}
