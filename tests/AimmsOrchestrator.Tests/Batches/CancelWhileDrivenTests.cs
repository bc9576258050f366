using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>Batches that are cancelled while a process drives them.</summary>
public sealed class CancelWhileDrivenTests : IDisposable
{
    /// <summary>Longer than a cancel waits between two looks at the batch.</summary>
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(1);

    private readonly TestRoom _room = new();

    public CancelWhileDrivenTests() => _room.Service.TaskDuration = TimeSpan.FromHours(1);

    private BatchCancellation Cancellation => new(_room.Workspace, TimeProvider.System, Connect);

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
        var execution = _room.ExecuteAsync(
            async runner =>
            {
                var result = await runner.OpenAsync(_room.Scenario(), TestRoom.Run);
                opened = result.Value!.Batch;
                return result;
            },
            observer
        );

        var cancelled = await CancelAsync(await started.Task, keepRunning: false);

        Assert.Equal(1, cancelled.Value?.TasksAtService);
        Assert.Equal(BatchEnd.Cancelled, (await execution).Outcome.End);
    }

    [Fact]
    public async Task A_request_to_leave_that_came_with_a_cancel_that_is_taken_back_holds_no_longer()
    {
        _room.Service.TaskDuration = TimeSpan.FromSeconds(2);
        var scenario = _room.Scenario();
        var batch = await _room.InterruptAtOnceAsync(scenario);
        await Cancellation.AskAsync(batch, keepRunning: false, "anna");

        var (_, outcome) = await _room.ExecuteAsync(async runner =>
        {
            var resumed = await runner.ResumeAsync(batch, scenario);
            _room.Workspace.AskToLeave(batch.Id);
            return resumed;
        });

        Assert.Equal(BatchEnd.AllRunsEnded, outcome.End);
    }

    [Fact]
    public async Task A_cancel_that_is_younger_than_the_resume_ends_the_batch()
    {
        var scenario = _room.Scenario();
        var batch = await _room.InterruptAtOnceAsync(scenario);
        await Cancellation.AskAsync(batch, keepRunning: false, "anna");
        Task<Result<CancelledBatch>>? cancelled = null;

        var (_, outcome) = await _room.ExecuteAsync(async runner =>
        {
            var resumed = await runner.ResumeAsync(batch, scenario);
            await Cancellation.AskAsync(batch, keepRunning: true, "bert");
            cancelled = Cancellation.CancelAsync(batch);
            return resumed;
        });

        Assert.Equal(BatchEnd.Cancelled, outcome.End);
        Assert.True((await cancelled!).Value!.KeptRunning);
        Assert.Empty(_room.Service.Interrupts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_left_with_nothing_to_end_is_cancelled_as_was_asked(bool keepRunning)
    {
        var scenario = _room.Scenario();
        var batch = await _room.InterruptAtOnceAsync(scenario);
        await new BatchControls(_room.Workspace, TimeProvider.System).PauseAsync(batch, "anna");
        Task<Result<CancelledBatch>>? cancelling = null;

        var (_, outcome) = await _room.ExecuteAsync(async runner =>
        {
            var resumed = await runner.ResumeAsync(batch, scenario);
            cancelling = CancelAsync(batch, keepRunning);
            return resumed;
        });
        var cancelled = (await cancelling!).Value!;

        Assert.Equal((BatchEnd.Cancelled, 0), (outcome.End, _room.Service.Submits));
        Assert.Equal((false, 0, keepRunning), (cancelled.WasOver, cancelled.TasksAtService, cancelled.KeptRunning));
        using var reader = _room.Workspace.OpenReader();
        Assert.Null(reader.Controls(batch.Number).Cancel);
    }

    [Fact]
    public async Task One_whose_end_is_written_is_answered_once_its_process_is_done_with_it()
    {
        var time = new PolledTime();
        var (_, claim, cancelling) = await EndWhileACancelWaitsAsync(time);

        var nextPoll = time.NextPoll;
        time.Advance(BetweenPolls);
        await Task.WhenAny(nextPoll, cancelling);
        Assert.False(cancelling.IsCompleted);
        claim.Dispose();
        time.Advance(BetweenPolls);

        var cancelled = (await cancelling).Value!;
        Assert.Equal((false, true), (cancelled.WasOver, cancelled.KeptRunning));
    }

    [Fact]
    public async Task One_that_another_cancel_ended_is_cancelled_already()
    {
        var time = new PolledTime();
        var (batch, claim, cancelling) = await EndWhileACancelWaitsAsync(time);
        using var held = claim;

        await TakeBackAsync(batch);
        time.Advance(BetweenPolls);

        var cancelled = (await cancelling).Value!;
        Assert.Equal((true, null), (cancelled.WasOver, cancelled.KeptRunning));
    }

    public void Dispose() => _room.Dispose();

    private ServicePeer Connect(Scenario scenario, TimeProvider time) => new(_room.Service);

    private async Task<Result<CancelledBatch>> CancelAsync(BatchRecord batch, bool keepRunning)
    {
        await Cancellation.AskAsync(batch, keepRunning, "anna");
        return await Cancellation.CancelAsync(batch);
    }

    /// <summary>A batch whose process has written that it is cancelled, and a cancel that has waited for that process since before.</summary>
    private async Task<(BatchRecord, IBatchClaim, Task<Result<CancelledBatch>>)> EndWhileACancelWaitsAsync(
        PolledTime time
    )
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario());
        await Cancellation.AskAsync(batch, keepRunning: true, "anna");
        var claim = _room.Workspace.TryClaim(batch, TimeProvider.System)!;
        var firstPoll = time.NextPoll;
        var cancelling = new BatchCancellation(_room.Workspace, time, Connect).CancelAsync(batch);
        await firstPoll;

        using var writer = _room.Workspace.OpenWriter();
        var at = TimeProvider.System.GetUtcNow();
        var ended = new BatchEnded(batch.Number, BatchEnd.Cancelled, "cancelled", at) { Epoch = claim.Epoch };
        await writer.AppendAsync([ended]);
        return (batch, claim, cancelling);
    }

    /// <summary>What a process does that has cancelled a batch.</summary>
    private async Task TakeBackAsync(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        using var writer = _room.Workspace.OpenWriter();
        var back = reader.Controls(batch.Number).TakeBack(TimeProvider.System.GetUtcNow());
        await writer.AppendAsync([new ControlsSet(batch.Number, back)]);
    }

    /// <summary>Virtual time that says when the next wait between two polls begins.</summary>
    private sealed class PolledTime : FakeTimeProvider
    {
        private TaskCompletionSource _poll = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task NextPoll => _poll.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            var polled = _poll;
            _poll = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            polled.SetResult();
            return timer;
        }
    }
}
