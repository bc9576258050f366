using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Where runs stand.</summary>
public abstract class RunReaderSuite(IJournalReaderAdapter adapter) : JournalSuite(adapter)
{
    private IJournalReader Runs { get; } = adapter.Reader;

    [SuiteFact]
    public async Task A_runs_row_follows_its_events()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 3, new SubmitIntended(1, At));
        Assert.Equal(RunState.Submitting, Row(batch).State);
        await AppendAsync(batch, 3, new Submitted(1, Task, At));
        Assert.Equal(RunState.Queued, Row(batch).State);
        await AppendAsync(batch, 3, new TaskSeen(TaskState.Solving, At));
        Assert.Equal(RunState.Solving, Row(batch).State);
        await AppendAsync(batch, 3, new TaskCompleted(Ended, At));
        Assert.Equal(RunState.Retrieving, Row(batch).State);
        var results = new RunResults("""{"cost":153.675}""", Notes: null, IsSuccess: true);
        var response = new TaskResponse("{}"u8.ToArray(), "application/json");
        await AppendAsync(batch, 3, new RunCompleted(response, results, At.AddSeconds(9)));

        var row = Row(batch);
        Assert.Equal((RunState.Completed, "run 3"), (row.State, row.Name));
        Assert.Equal(FakeRuns.Run(3).Key, row.Key);
        Assert.Equal("""{"cost":153.675}""", row.ResultsJson);
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1.25)), (row.QueueTime, row.RunTime));
        Assert.Equal((1, 1, At, At.AddSeconds(9)), (row.ReturnCode, row.Attempts, row.StartedAt, row.EndedAt));
    }

    [SuiteFact]
    public async Task Only_the_wanted_runs_are_read_in_their_order()
    {
        var batch = await OpenAsync();
        foreach (var index in new[] { 4, 2, 0, 3, 1 })
        {
            await AppendAsync(batch, index, new SubmitIntended(1, At));
        }

        Assert.Equal([1L, 3L, 4L], Runs.Runs(batch.Number, index => index is 1 or 3 or 4).Select(run => run.Index));
        Assert.Empty(Runs.Runs(batch.Number, _ => false));
    }

    [SuiteFact]
    public async Task A_run_that_is_reopened_has_nothing_left_of_its_failure()
    {
        var batch = await OpenAsync();
        var failed = new RunFailed(new RunError(RunErrorKind.TaskFailed, "no solution"), At) { Task = Ended };
        await AppendAsync(batch, 1, new SubmitIntended(1, At), new Submitted(1, Task, At), failed, new RunReopened(At));

        var row = Row(batch);
        Assert.Equal(
            (RunState.Pending, null, null, null, 1),
            (row.State, row.Error, row.TaskId, row.EndedAt, row.Attempts)
        );
    }

    [SuiteFact]
    public async Task A_run_that_is_to_be_sent_again_is_pending_and_has_no_task()
    {
        var batch = await OpenAsync();
        await AppendAsync(
            batch,
            0,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskForgotten("404", CountsAsAttempt: false, At)
        );

        Assert.Equal((RunState.Pending, null), (Row(batch).State, Row(batch).TaskId));
    }

    [SuiteFact]
    public async Task A_failed_run_shows_nothing_of_an_attempt_that_was_given_up()
    {
        var batch = await OpenAsync();
        await AppendAsync(
            batch,
            0,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskCompleted(Ended, At),
            new AttemptFailed(new RunError(RunErrorKind.NotSuccess, "no success"), Ended, At),
            new SubmitIntended(2, At),
            new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At)
        );

        Assert.Equal((null, null, null), (Row(batch).QueueTime, Row(batch).RunTime, Row(batch).ReturnCode));
    }

    [SuiteFact]
    public async Task A_run_that_failed_before_anything_was_sent_has_a_row_too()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new RunFailed(new RunError(RunErrorKind.Scenario, "freight is not defined"), At));

        Assert.Equal(new RunError(RunErrorKind.Scenario, "freight is not defined"), Row(batch).Error);
    }

    [SuiteFact]
    public async Task A_failure_that_is_another_runs_says_whose_until_the_run_is_reopened()
    {
        var batch = await OpenAsync();
        var copied = new RunError(RunErrorKind.TaskFailed, "infeasible") { CopiedFrom = 0 };
        await AppendAsync(batch, 1, new RunFailed(copied, At));

        Assert.Equal(copied, Row(batch).Error);
        Assert.Equal(copied, Assert.IsType<RunFailed>(History.Events(batch.Number, 1)[^1]).Error);
        Assert.Equal("run 0 asks the same and failed: infeasible", copied.Message);

        await AppendAsync(batch, 1, new RunReopened(At), new RunFailed(copied with { CopiedFrom = null }, At));
        Assert.Equal("infeasible", Row(batch).Error!.Message);
    }

    [SuiteFact]
    public async Task Failures_are_counted_by_their_kind()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 1, new RunFailed(new RunError(RunErrorKind.NotSuccess, "no success"), At));
        await AppendAsync(batch, 2, new RunFailed(new RunError(RunErrorKind.NotSuccess, "no success"), At));
        await AppendAsync(batch, 3, new RunFailed(new RunError(RunErrorKind.TaskFailed, "it failed"), At));
        await AppendAsync(batch, 4, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At), new RunReopened(At));

        var failures = Runs.CountFailures(batch.Number);
        Assert.Equal((2, 1, 1), (failures.NotSuccess, failures.Retried, failures.Changeable));
        Assert.Equal("1 task-failed", failures.RetriedByKind);
        Assert.Equal(["not-success", "task-failed"], failures.ByWord.Keys);
    }

    [SuiteFact]
    public async Task An_incumbent_and_an_adopted_task_are_marked()
    {
        var batch = await OpenAsync();
        await AppendAsync(
            batch,
            3,
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At),
            new SubmitSettled(1, SettlementVerdict.Adopted, Task, "it is there", At),
            new TaskInterrupted(Interrupt.Solve, "it took too long", At),
            new TaskCompleted(Ended, At),
            new RunCompleted(Response: null, RunResults.None, At) { IsIncumbent = true }
        );

        Assert.Equal((SettlementVerdict.Adopted, true), (Row(batch).Settled, Row(batch).IsIncumbent));
        var marks = new Dictionary<string, long> { ["adopted"] = 1, ["incumbent"] = 1 };
        Assert.Equal(marks, Runs.Marks(batch.Number));
    }

    [SuiteFact]
    public async Task A_run_that_copied_a_response_names_its_source_and_has_its_task()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 3, "one");
        await AppendAsync(second, 3, new RunReused(new RunReference(first.Number, 3), Ended, RunResults.None, At));

        var row = Row(second);
        Assert.Equal(($"{first.Id}#3", RunState.Completed, 0), (row.ReusedFrom, row.State, row.Attempts));
        Assert.Equal((Ended.ReturnCode, Ended.RunTime, Task), (row.ReturnCode, row.RunTime, row.TaskId));
        Assert.Equal(1, Runs.CountReused(second.Number));
        Assert.Equal((null, null, false), (row.SessionId, row.UserName, Runs.HasSessions(second.Number)));
        Assert.Single(Runs.Durations("emulator", null, 10));
        Assert.True(Runs.HasResults());
    }

    [SuiteFact]
    public async Task What_a_driver_has_found_of_its_account_is_in_its_latest_demand()
    {
        var batch = await OpenAsync();
        Assert.Null(Runs.FoundConcurrency(batch.Number));

        using var book = adapter.OpenServiceBook();
        var demand = new Demand("a", batch.Number, Wanted: 9, Held: 5, new Limits { FindsConcurrency = true });
        book.Exchange(demand with { Found = 5 }, At);
        book.Exchange(demand with { Found = 7 }, At);
        Assert.Equal(7, Runs.FoundConcurrency(batch.Number));

        book.Withdraw(batch.Number);
        Assert.Null(Runs.FoundConcurrency(batch.Number));
    }

    [SuiteFact]
    public async Task The_session_and_the_user_of_a_task_are_kept_where_the_service_names_them()
    {
        var (cloud, local) = (await OpenAsync(), await OpenAsync());
        var task = Ended with { SessionId = "pro3-task-acme-17", UserName = "ada" };
        await AppendAsync(
            cloud,
            3,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskCompleted(task, At),
            new RunCompleted(Response: null, RunResults.None, At)
        );
        await CompleteAsync(local, 3, "one");

        Assert.Equal(("pro3-task-acme-17", "ada"), (Row(cloud).SessionId, Row(cloud).UserName));
        Assert.Equal((true, false), (Runs.HasSessions(cloud.Number), Runs.HasSessions(local.Number)));
    }

    [SuiteFact]
    public async Task The_times_of_tasks_at_a_service_are_read_across_batches_the_latest_first()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 3, "one");
        await CompleteAsync(second, 1, "two");
        await AppendAsync(second, 3, new RunReused(new RunReference(first.Number, 3), Ended, RunResults.None, At));
        var times = new TaskTimes(Ended.QueueTime!.Value, Ended.RunTime!.Value);

        Assert.Equal([times, times], Runs.TaskTimes("emulator", null, 10));
        Assert.Single(Runs.TaskTimes("emulator", null, 1));
        Assert.Empty(Runs.TaskTimes("http://elsewhere", null, 10));
    }

    [SuiteFact]
    public async Task Runs_are_counted_by_state_and_the_ended_ones_listed()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At));
        await AppendAsync(batch, 1, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At));
        await AppendAsync(batch, 2, new SubmitIntended(1, At));

        Assert.Equal([1L], Runs.Ended(batch.Number));
        Assert.Equal([1L], Runs.LatestEnded(batch.Number, most: 5).Select(run => run.Index));
        Assert.Equal([0L, 2L], Runs.RunsUnderWay(batch.Number).Select(run => run.Index));
        Assert.Equal(
            new StateCounts
            {
                Failed = 1,
                Queued = 1,
                Submitting = 1,
            },
            Runs.CountByState(batch.Number)
        );
    }

    [SuiteFact]
    public async Task Runs_that_ended_after_another_one_are_listed_page_by_page_in_the_order_of_their_ends()
    {
        var (batch, other) = (await OpenAsync(), await OpenAsync());
        foreach (var (index, seconds) in new[] { (4, 1), (0, 2), (3, 1), (1, 3) })
        {
            await AppendAsync(
                batch,
                index,
                new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At.AddSeconds(seconds))
            );
        }

        await AppendAsync(batch, 2, new SubmitIntended(1, At));
        await AppendAsync(other, 5, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At.AddSeconds(2)));

        Assert.Equal([3L, 4L, 0L, 1L], Indexes(DateTimeOffset.MinValue, index: -1, most: 5));
        Assert.Equal([3L, 4L], Indexes(At.AddSeconds(1), index: -1, most: 2));
        Assert.Equal([4L, 0L], Indexes(At.AddSeconds(1), index: 3, most: 2));
        Assert.Equal([1L], Indexes(At.AddSeconds(2), index: 0, most: 2));
        Assert.Empty(Indexes(At.AddSeconds(3), index: 1, most: 2));

        IEnumerable<long> Indexes(DateTimeOffset at, long index, int most) =>
            Runs.EndedAfter(batch.Number, at, index, most).Select(run => run.Index);
    }

    [SuiteFact]
    public async Task Runs_under_way_are_listed_from_the_one_that_is_longest_in_its_state()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At.AddMinutes(3)));
        await AppendAsync(batch, 1, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At));
        await AppendAsync(batch, 2, new SubmitIntended(1, At.AddMinutes(2)));

        var underWay = Runs.UnderWay(batch.Number, most: 5);

        Assert.Equal(
            [(2L, RunState.Submitting, At.AddMinutes(2)), (0L, RunState.Queued, At.AddMinutes(3))],
            underWay.Select(run => (run.Index, run.State, run.Since))
        );
        Assert.Equal(2, Assert.Single(Runs.UnderWay(batch.Number, most: 1)).Index);
    }

    [SuiteFact]
    public async Task A_dead_processs_pause_begins_at_its_last_event()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new SubmitIntended(1, At.AddMinutes(5)));
        await Writer.AppendAsync([new BatchResumed(batch.Number, At.AddMinutes(40))]);

        Assert.Equal(TimeSpan.FromMinutes(35), Runs.Paused(batch.Number));
    }

    [SuiteFact]
    public async Task The_tasks_of_completed_runs_are_kept_until_they_are_deleted()
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 1, "one");
        Assert.Equal([new RetainedTask(1, Task)], Runs.KeptTasks(batch.Number));

        await Writer.AppendAsync([new TaskDeleted(batch.Number, 1)]);
        Assert.Empty(Runs.KeptTasks(batch.Number));
    }

    [SuiteFact]
    public async Task How_far_a_solver_is_is_known_while_its_task_is_at_the_service()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 7, new SubmitIntended(1, At), new Submitted(1, Task, At));
        var early = new RunSolve(7, new SolveStatus(Incumbent: null, Bound: 1.5, Gap: null), At.AddSeconds(5));
        var late = new RunSolve(7, new SolveStatus(2.5, 2, 0.2), At.AddSeconds(15));
        await Writer.AppendAsync([new SolveSeen(batch.Number, early)]);
        await Writer.AppendAsync([new SolveSeen(batch.Number, late)]);
        Assert.Equal(late, Runs.Solves(batch.Number)[7]);

        await AppendAsync(
            batch,
            7,
            new TaskCompleted(Ended, At.AddMinutes(1)),
            new RunCompleted(new TaskResponse("1"u8.ToArray(), null), RunResults.None, At.AddMinutes(1))
        );
        Assert.Empty(Runs.Solves(batch.Number));
    }

    private RunRecord Row(BatchRecord batch) => Assert.Single(Runs.Runs(batch.Number));
}
