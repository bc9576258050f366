using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Reports;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>Where a batch is, while it is driven and afterwards, and what a plan has of it.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly TestRoom _room = new();

    [Fact]
    public async Task Runs_that_have_not_begun_are_pending_in_a_batch_that_was_left()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        var batch = await _room.InterruptAsync(_room.Scenario());
        using var reader = _room.Workspace.OpenReader();

        var status = BatchStatus.Of(reader.Find(batch.Id.Value)!, reader, _room.Workspace);

        Assert.Equal((BatchState.Interrupted, 2L), (status.State, status.Counts.Pending));
        Assert.Equal(3, status.Counts.Total);
    }

    [Fact]
    public void The_states_of_the_journal_come_before_those_of_runs_that_have_not_begun()
    {
        var batch = Given.Batch([], []) with { RunCount = 9 };
        var status = new BatchStatus(
            batch,
            new StateCounts
            {
                Unconfirmed = 1,
                Failed = 2,
                Queued = 3,
            },
            Holder: null
        );

        Assert.Equal(
            [(RunState.Queued, 3L), (RunState.Failed, 2L), (RunState.Unconfirmed, 1L), (RunState.Pending, 3L)],
            status.ByState
        );
    }

    [Theory]
    [InlineData(BatchEnd.AllRunsEnded, BatchState.Finished)]
    [InlineData(BatchEnd.ServiceRefused, BatchState.Refused)]
    [InlineData(BatchEnd.Deadline, BatchState.Stopped)]
    [InlineData(null, BatchState.Left)]
    public void A_batch_that_no_process_drives_is_as_it_was_left(BatchEnd? end, BatchState state)
    {
        var batch = Given.Batch([], []) with { End = end };

        Assert.Equal(state, new BatchStatus(batch, StateCounts.None, Holder: null).State);
    }

    [Theory]
    [InlineData(BatchEnd.AllRunsEnded, BatchState.Finished)]
    [InlineData(BatchEnd.Cancelled, BatchState.Cancelled)]
    [InlineData(BatchEnd.Deadline, BatchState.Running)]
    [InlineData(null, BatchState.Running)]
    public void A_batch_that_has_ended_is_not_running_while_its_driver_puts_things_away(BatchEnd? end, BatchState state)
    {
        var batch = Given.Batch([], []) with { End = end };

        Assert.Equal(state, new BatchStatus(batch, StateCounts.None, new ClaimHolder("process 1")).State);
    }

    [Fact]
    public async Task A_watcher_follows_a_batch_that_is_driven_until_it_is_left()
    {
        using var runner = _room.Runner();
        using var reader = _room.Workspace.OpenReader();
        var batch = (await runner.OpenAsync(_room.Scenario(), TestRoom.Run)).Value!.Batch;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = new Observer(_ => seen.TrySetResult());
        var watch = new BatchWatch(_room.Workspace, reader, TimeProvider.System);

        var watching = watch.UntilLeftAsync(batch, observer, CancellationToken.None);
        await seen.Task;
        runner.Dispose();

        Assert.Equal(BatchState.Left, (await watching).State);
        Assert.Equal(3, observer.Latest?.Total);
    }

    [Fact]
    public async Task A_plan_knows_what_is_done_and_why_the_rest_is_not()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        var plan = PlanOverview.Of(_room.Scenario("2, 3, 4"), _room.Workspace, () => 0.5);

        Assert.Equal((3L, 2L, 1L), (plan.Count, plan.Status!.Done, plan.ToDo));
        Assert.Equal(("short-1", 1L), (plan.Changes!.Since.Id.Value, plan.Changes.New));
        Assert.Equal(3, plan.EstimatedFrom);
    }

    public void Dispose() => _room.Dispose();
}
