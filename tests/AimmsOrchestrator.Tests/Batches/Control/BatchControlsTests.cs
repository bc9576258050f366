using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Tests.Batches.Control;

/// <summary>Batches that are paused, continued and given other limits through the journal.</summary>
public sealed class BatchControlsTests : IDisposable
{
    private readonly TestRoom _room = new();

    private BatchControls Controls => new(_room.Workspace, TimeProvider.System);

    [Fact]
    public async Task The_process_that_drives_a_batch_obeys_until_it_may_continue()
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario());
        Assert.True((await Controls.PauseAsync(batch, "a person")).Value!.HasChanged);
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = new Observer(progress =>
        {
            if (progress.PausedSince is not null)
            {
                paused.TrySetResult();
            }
        });

        var execution = _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run), observer);
        await paused.Task;
        Assert.Equal((BatchState.Paused, 0), (StatusOf(batch).State, _room.Service.Submits));
        var continued = await Controls.ContinueAsync(batch, "a person");

        Assert.NotNull(continued.Value!.Holder);
        Assert.Equal(3, (await execution).Outcome.Tally.Completed);
        Assert.Equal(BatchState.Finished, StatusOf(batch).State);
    }

    [Fact]
    public async Task What_is_set_holds_in_every_later_execution()
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario("1, 2, 3, 4, 5, 6"));
        _room.Service.TaskDuration = TimeSpan.FromMilliseconds(300);
        await Controls.SetAsync(batch, [KeyValuePair.Create("limits.concurrency", "6")], "a person");

        await _room.ExecuteAsync(r => r.ResumeAsync(batch, _room.Scenario("1, 2, 3, 4, 5, 6")));

        Assert.InRange(_room.Service.MostUnfinished, 2, 6);
    }

    [Fact]
    public async Task A_batch_that_no_process_drives_stays_what_it_is_and_says_that_it_is_paused()
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario());

        var first = (await Controls.PauseAsync(batch, "a person")).Value!;
        var second = (await Controls.PauseAsync(batch, "another")).Value!;

        Assert.Equal((true, false), (first.HasChanged, second.HasChanged));
        Assert.Equal("a person", second.Log.Pause?.Author);
        Assert.Equal(BatchState.Interrupted, StatusOf(batch).State);
        Assert.NotNull(StatusOf(batch).PausedSince);
    }

    [Fact]
    public async Task A_finished_batch_is_neither_paused_nor_limited()
    {
        var (batch, _) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        Assert.IsType<BatchProblem.Over>((await Controls.PauseAsync(batch, "a person")).Problem);
        Assert.IsType<BatchProblem.Over>((await Controls.SetAsync(batch, [], "a person")).Problem);
    }

    [Fact]
    public async Task Where_one_of_the_settings_is_wrong_none_is_made()
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario());
        KeyValuePair<string, string>[] changes = [new("limits.concurrency", "2"), new("limits.submits", "2")];

        var problem = (await Controls.SetAsync(batch, [.. changes, changes[0]], "a person")).Problem;

        Assert.Equal(2, Assert.IsType<BatchProblem.InputBroken>(problem).Diagnostics.Count);
        Assert.Empty(StatusOf(batch).Controls.Settings);
    }

    public void Dispose() => _room.Dispose();

    private BatchStatus StatusOf(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        return BatchStatus.Of(reader.Find(batch.Id.Value)!, reader, _room.Workspace);
    }
}
