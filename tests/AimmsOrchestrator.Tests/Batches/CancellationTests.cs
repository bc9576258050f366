using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>Batches that are cancelled.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly TestRoom _room = new();

    public CancellationTests() => _room.Service.TaskDuration = TimeSpan.FromHours(1);

    private BatchCancellation Cancellation =>
        new(_room.Workspace, TimeProvider.System, (_, _) => new ServicePeer(_room.Service));

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Its_tasks_at_the_service_are_ended_unless_they_are_to_run_on(bool keepRunning, int ended)
    {
        var batch = await _room.InterruptAsync(_room.Scenario());

        var cancelled = (await Cancellation.CancelAsync(batch, keepRunning)).Value!;

        Assert.Equal((false, 1), (cancelled.WasOver, cancelled.TasksAtService));
        Assert.Equal(ended, _room.Service.Interrupts.Count + _room.Service.Deleted.Count);
        var status = StatusOf(batch);
        Assert.Equal((BatchState.Cancelled, 3L), (status.State, status.Counts.Cancelled));
        Assert.True((await Cancellation.CancelAsync(status.Batch, keepRunning)).Value?.WasOver);
    }

    [Fact]
    public async Task The_process_that_drives_it_leaves_it_first()
    {
        var started = new TaskCompletionSource<BatchRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        BatchRecord? opened = null;
        var observer = new Observer(progress =>
        {
            if (progress.CountByState.Queued + progress.CountByState.Running > 0)
            {
                started.TrySetResult(opened!);
            }
        });
        var driving = _room.ExecuteAsync(
            async runner =>
            {
                var result = await runner.OpenAsync(_room.Scenario(), TestRoom.Run);
                opened = result.Value!.Batch;
                return result;
            },
            observer
        );

        var cancelled = await Cancellation.CancelAsync(await started.Task, keepRunning: false);

        Assert.Equal(1, cancelled.Value?.TasksAtService);
        Assert.Equal(BatchEnd.Cancelled, (await driving).Outcome.End);
    }

    [Fact]
    public async Task A_task_that_the_service_does_not_end_is_a_problem_and_the_batch_can_be_cancelled_again()
    {
        var batch = await _room.InterruptAsync(_room.Scenario());
        _room.Service.Outage = () => new ServiceFault(FaultKind.Unreachable, "down");

        var problem = (await Cancellation.CancelAsync(batch, keepRunning: false)).Problem;
        _room.Service.Outage = () => null;
        var again = await Cancellation.CancelAsync(batch, keepRunning: false);

        Assert.Equal(1, Assert.IsType<BatchProblem.TasksNotEnded>(problem).Tasks);
        Assert.Equal(1, again.Value?.TasksAtService);
    }

    public void Dispose() => _room.Dispose();

    private BatchStatus StatusOf(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        return BatchStatus.Of(reader.Find(batch.Id.Value)!, reader, _room.Workspace);
    }
}
