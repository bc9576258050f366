using System.Collections.Concurrent;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Control;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
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
        _room.Service.TaskDuration = TimeSpan.FromSeconds(5);
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

    [Fact]
    public async Task A_setting_that_this_version_cannot_read_is_a_warning_once_and_later_ones_are_followed()
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario());
        await Controls.PauseAsync(batch, "a person");
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var warned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = new Observer(progress =>
        {
            if (progress.PausedSince is not null)
            {
                paused.TrySetResult();
            }

            if (progress.Warnings.Count > 0)
            {
                warned.TrySetResult();
            }
        });
        var warnings = new ConcurrentQueue<BatchWarned>();
        _room.OnAppend = group =>
        {
            foreach (var warning in group.OfType<BatchWarned>())
            {
                warnings.Enqueue(warning);
            }
        };

        var execution = _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run), observer);
        await paused.Task;
        await SetElsewhereAsync(batch, "limits.concurrency", "as-spring-tides");
        await warned.Task;
        await Controls.ContinueAsync(batch, "a person");

        Assert.Equal(3, (await execution).Outcome.Tally.Completed);
        Assert.Equal("set", Assert.Single(warnings).Subject);
        Assert.Equal([new BatchWarning("set", warnings.Single().Message!)], StatusOf(batch).Warnings);
    }

    [Fact]
    public async Task A_batch_is_resumed_also_where_a_setting_cannot_be_read_and_warns_of_it()
    {
        var batch = await _room.InterruptAtOnceAsync(_room.Scenario());
        await SetElsewhereAsync(batch, "limits.gpus", "2");

        var (_, outcome) = await _room.ExecuteAsync(r => r.ResumeAsync(batch, _room.Scenario()));

        Assert.Equal(3, outcome.Tally.Completed);
        Assert.Contains("limits.gpus=2", Assert.Single(StatusOf(batch).Warnings).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _room.Dispose();

    /// <summary>A program of another version sets what this one refuses.</summary>
    private async Task SetElsewhereAsync(BatchRecord batch, string name, string value)
    {
        using var writer = _room.Workspace.OpenWriter();
        var setting = new ControlSetting(name, value, TimeProvider.System.GetUtcNow(), "a person");
        await writer.AppendAsync([new ControlsSet(batch.Number, [setting])]);
    }

    private BatchStatus StatusOf(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        return BatchStatus.Of(reader.Find(batch.Id.Value)!, reader, _room.Workspace);
    }
}
