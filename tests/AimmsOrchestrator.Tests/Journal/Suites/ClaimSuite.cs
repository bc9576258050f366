using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Who drives a batch: one process at a time, and the others see which.</summary>
public abstract class ClaimSuite(IWorkspaceAdapter adapter) : JournalSuite(adapter)
{
    private IWorkspace Workspace { get; } = adapter.Workspace;

    private IWorkspace Other { get; } = adapter.Other;

    [SuiteFact]
    public async Task One_process_at_a_time_claims_a_batch()
    {
        var batch = await OpenAsync();
        Assert.Null(Workspace.HolderOf(batch.Id));
        long epoch;
        using (IBatchClaim claim = Workspace.TryClaim(batch, TimeProvider.System)!)
        {
            epoch = claim.Epoch;
            Assert.True(claim.IsExclusive);
            Assert.Null(Other.TryClaim(batch, TimeProvider.System));
            Assert.Null(Workspace.TryClaim(batch, TimeProvider.System));
            Assert.Contains(
                $"process {Environment.ProcessId} on",
                Other.HolderOf(batch.Id)!.ToString(),
                StringComparison.Ordinal
            );
            Assert.Equal(batch.Id, Assert.Single(Other.Claims()).Batch);
        }

        Assert.Null(Other.HolderOf(batch.Id));
        Assert.Empty(Workspace.Claims());
        using var next = Other.TryClaim(batch, TimeProvider.System);
        Assert.Equal(epoch + 1, next!.Epoch);
    }

    [SuiteFact]
    public async Task The_driver_may_send_and_another_one_waits_for_its_lease_alone()
    {
        var batch = await OpenAsync();
        using var claim = Workspace.TryClaim(batch, TimeProvider.System)!;
        ISendLease lease = claim;

        // In a database the lease begins with a sign of life.
        await Waiting.UntilAsync(() => lease.MaySend);
        Assert.True(lease.Lifetime is null || lease.Lifetime > TimeSpan.Zero);
    }

    [SuiteFact]
    public async Task The_driver_is_asked_to_leave_and_the_next_one_is_not()
    {
        var batch = await OpenAsync();
        using (var claim = Workspace.TryClaim(batch, TimeProvider.System)!)
        {
            Assert.False(claim.IsAskedToLeave);
            Other.AskToLeave(batch.Id);

            // In a database the driver learns it with its next sign of life.
            await Waiting.UntilAsync(() => claim.IsAskedToLeave);
        }

        using var next = Other.TryClaim(batch, TimeProvider.System);
        Assert.False(next!.IsAskedToLeave);
    }

    [SuiteFact]
    public async Task An_epoch_that_is_over_writes_nothing()
    {
        var batch = await OpenAsync();
        var old = adapter.Claim(batch);
        var now = adapter.Claim(batch);

        var outcomes = await Writer.AppendAsync([
            Attempt(batch, 0, new SubmitIntended(1, At)) with
            {
                Epoch = old,
            },
            Attempt(batch, 1, new SubmitIntended(1, At)) with
            {
                Epoch = now,
            },
        ]);

        Assert.Equal([AppendOutcome.Fenced, AppendOutcome.Appended], outcomes);
        Assert.Equal([1L], adapter.Reader.Runs(batch.Number).Select(run => run.Index));
    }

    [SuiteFact]
    public async Task One_process_at_a_time_chooses_a_batch()
    {
        var first = await Workspace.EnterIntakeAsync(TimeProvider.System);
        var second = Other.EnterIntakeAsync(TimeProvider.System);
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second.WaitAsync(Waiting.Patience)).Dispose();
    }
}
