using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Batches.Status;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;

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

        var cancelled = (await CancelAsync(batch, keepRunning)).Value!;

        Assert.Equal((false, 1), (cancelled.WasOver, cancelled.TasksAtService));
        Assert.Equal(ended, _room.Service.Interrupts.Count + _room.Service.Deleted.Count);
        var status = StatusOf(batch);
        Assert.Equal((BatchState.Cancelled, 3L), (status.State, status.Counts.Cancelled));
        Assert.True((await CancelAsync(status.Batch, keepRunning)).Value?.WasOver);
    }

    [Fact]
    public async Task A_task_that_the_service_does_not_end_is_a_problem_and_the_batch_can_be_cancelled_again()
    {
        var batch = await _room.InterruptAsync(_room.Scenario());
        _room.Service.Outage = () => new ServiceFault(FaultKind.Unreachable, "down");

        var problem = (await CancelAsync(batch, keepRunning: false)).Problem;
        using var reader = _room.Workspace.OpenReader();
        Assert.Equal("cancel", Assert.Single(reader.Warnings(batch.Number)).Subject);
        _room.Service.Outage = () => null;
        var again = await CancelAsync(batch, keepRunning: false);

        Assert.Empty(reader.Warnings(batch.Number));
        Assert.Equal(1, Assert.IsType<BatchProblem.TasksNotEnded>(problem).Tasks);
        Assert.Equal(1, again.Value?.TasksAtService);
    }

    [Fact]
    public async Task A_task_that_a_gateway_does_not_know_for_a_moment_is_ended_all_the_same()
    {
        var batch = await _room.InterruptAsync(_room.Scenario());
        var asked = 0;
        _room.Service.StateFault = _ => ++asked == 1 ? new ServiceFault(FaultKind.Unknown, "404") : null;

        var cancelled = await CancelAsync(batch, keepRunning: false);

        Assert.Equal(1, cancelled.Value?.TasksAtService);
        Assert.Equal(1, _room.Service.Interrupts.Count + _room.Service.Deleted.Count);
    }

    [Fact]
    public async Task A_task_that_the_service_knows_no_more_needs_no_end()
    {
        var batch = await _room.InterruptAsync(_room.Scenario());
        _room.Service.StateFault = _ => new ServiceFault(FaultKind.Unknown, "404");

        var cancelled = await CancelAsync(batch, keepRunning: false);

        Assert.True(cancelled.IsSuccess);
        Assert.Equal(BatchState.Cancelled, StatusOf(batch).State);
    }

    [Fact]
    public async Task A_task_whose_submit_was_lost_is_adopted_on_disk_before_it_is_ended()
    {
        var batch = await LoseSubmitAsync();

        var cancelled = (await CancelAsync(batch, keepRunning: false)).Value!;

        Assert.Equal((1, 0), (cancelled.TasksAtService, cancelled.AmbiguousSubmits));
        Assert.Single(_room.Service.Interrupts);
        var settled = Assert.Single(EventsOf(batch).OfType<SubmitSettled>());
        Assert.Equal((SettlementVerdict.Adopted, _room.Service.Interrupts[0].Task), (settled.Verdict, settled.Task));
        using var tasks = _room.Workspace.OpenTaskIndex(batch.Number);
        Assert.True(tasks.Knows(settled.Task!.Value));
    }

    [Fact]
    public async Task A_lost_submit_whose_tasks_are_left_to_run_stays_ambiguous_for_every_later_batch()
    {
        var batch = await LoseSubmitAsync();

        var cancelled = (await CancelAsync(batch, keepRunning: true)).Value!;

        Assert.Equal(1, cancelled.AmbiguousSubmits);
        using var tasks = _room.Workspace.OpenTaskIndex(batch.Number);
        Assert.True(Assert.Single(tasks.OpenSubmits()).IsAmbiguous);
    }

    [Fact]
    public async Task A_lost_submit_about_which_the_service_refuses_to_tell_is_ambiguous_with_the_services_reason()
    {
        var batch = await LoseSubmitAsync();
        _room.Service.ListFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden") { HttpStatus = 403 };

        var cancelled = (await CancelAsync(batch, keepRunning: false)).Value!;

        Assert.Equal(1, cancelled.AmbiguousSubmits);
        var settled = Assert.Single(EventsOf(batch).OfType<SubmitSettled>());
        Assert.Equal("the service refuses its list of tasks (403 Forbidden)", settled.Reason);
    }

    [Fact]
    public async Task A_lost_submit_is_a_problem_while_the_service_is_away()
    {
        var batch = await LoseSubmitAsync();
        _room.Service.Outage = () => new ServiceFault(FaultKind.Unreachable, "down");

        var problem = (await CancelAsync(batch, keepRunning: false)).Problem;
        _room.Service.Outage = () => null;
        var again = await CancelAsync(batch, keepRunning: false);

        Assert.Contains(
            "down",
            Assert.IsType<BatchProblem.TasksNotEnded>(problem).FirstReason,
            StringComparison.Ordinal
        );
        Assert.Equal((1, 0), (again.Value?.TasksAtService, again.Value?.AmbiguousSubmits));
    }

    [Fact]
    public async Task A_cancel_that_did_not_come_about_is_on_disk_until_a_person_resumes_the_batch()
    {
        var scenario = _room.Scenario();
        var batch = await _room.InterruptAtOnceAsync(scenario);
        await Cancellation.AskAsync(batch, keepRunning: true, "anna");
        using var reader = _room.Workspace.OpenReader();
        var asked = Assert.Single(reader.Controls(batch.Number).Settings);

        using var runner = _room.Runner();
        Assert.True((await runner.ResumeAsync(batch, scenario)).IsSuccess);

        Assert.Equal(("cancel", "keep-running", "anna"), (asked.Name, asked.Value, asked.Author));
        Assert.Null(reader.Controls(batch.Number).Cancel);
    }

    [Fact]
    public async Task Of_two_cancels_the_latest_one_says_what_becomes_of_the_tasks_and_both_are_answered_so()
    {
        var batch = await _room.InterruptAsync(_room.Scenario());
        await Cancellation.AskAsync(batch, keepRunning: false, "anna");
        await Cancellation.AskAsync(batch, keepRunning: true, "bert");

        var cancelled = (await Cancellation.CancelAsync(batch)).Value!;
        var again = (await Cancellation.CancelAsync(StatusOf(batch).Batch)).Value!;

        Assert.True(cancelled.KeptRunning);
        Assert.Equal((false, true), (cancelled.WasOver, again.WasOver));
        Assert.Empty(_room.Service.Interrupts);
    }

    [Fact]
    public async Task A_batch_that_is_over_is_not_to_be_cancelled()
    {
        var (batch, _) = await _room.ExecuteAsync(runner => runner.OpenAsync(Short(), TestRoom.Run));
        using var reader = _room.Workspace.OpenReader();

        await Cancellation.AskAsync(reader.Find(batch.Id.Value)!, keepRunning: false, "anna");

        Assert.Empty(reader.Controls(batch.Number).Settings);
    }

    [Fact]
    public async Task A_batch_that_was_resumed_after_it_was_to_be_cancelled_continues()
    {
        var scenario = _room.Scenario();
        var batch = await _room.InterruptAsync(scenario);
        await Cancellation.AskAsync(batch, keepRunning: false, "anna");
        using (var runner = _room.Runner())
        {
            Assert.Equal(
                batch.Id,
                Assert
                    .IsType<BatchProblem.ToBeCancelled>(
                        (await runner.ResumeAsync(batch, scenario, isAutomatic: true)).Problem
                    )
                    .Batch
            );
            Assert.True((await runner.ResumeAsync(batch, scenario)).IsSuccess);
            Assert.IsType<BatchProblem.CancelTakenBack>((await Cancellation.CancelAsync(batch)).Problem);
        }

        Assert.IsType<BatchProblem.CancelTakenBack>((await Cancellation.CancelAsync(batch)).Problem);
        using var reader = _room.Workspace.OpenReader();
        Assert.Null(reader.Find(batch.Id.Value)!.End);
        Assert.Empty(_room.Service.Interrupts);
    }

    [Fact]
    public async Task A_cancel_that_came_about_is_in_force_no_longer()
    {
        var batch = await _room.InterruptAsync(_room.Scenario());

        Assert.True((await CancelAsync(batch, keepRunning: true)).IsSuccess);

        using var reader = _room.Workspace.OpenReader();
        Assert.Null(reader.Controls(batch.Number).Cancel);
    }

    public void Dispose() => _room.Dispose();

    private async Task<Result<CancelledBatch>> CancelAsync(BatchRecord batch, bool keepRunning)
    {
        await Cancellation.AskAsync(batch, keepRunning, "anna");
        return await Cancellation.CancelAsync(batch);
    }

    private Scenario Short()
    {
        _room.Service.TaskDuration = TimeSpan.Zero;
        return _room.Scenario();
    }

    /// <summary>A batch that was left while the answer to its first submit was lost.</summary>
    private async Task<BatchRecord> LoseSubmitAsync()
    {
        _room.Service.SubmitFault = _ => new ServiceFault(FaultKind.Unreachable, "cut") { MayHaveArrived = true };
        // However late the observer gets its turn, the submit is not settled before.
        _room.Service.ListFault = _ => new ServiceFault(FaultKind.Unreachable, "cut");
        using var interruption = new CancellationTokenSource();
        var observer = new Observer(progress =>
        {
            if (progress.CountByState.Unconfirmed > 0)
            {
                interruption.Cancel();
            }
        });
        var (batch, _) = await _room.ExecuteAsync(
            runner => runner.OpenAsync(_room.Scenario(), TestRoom.Run),
            observer,
            interruption.Token
        );
        _room.Service.ListFault = _ => null;
        return batch;
    }

    private IReadOnlyList<RunEvent> EventsOf(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        return [.. reader.Events(batch.Number, 0)];
    }

    private BatchStatus StatusOf(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        return BatchStatus.Of(reader.Find(batch.Id.Value)!, reader, _room.Workspace);
    }
}
