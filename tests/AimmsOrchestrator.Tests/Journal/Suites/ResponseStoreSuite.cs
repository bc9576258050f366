using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>The responses of tasks come back byte for byte.</summary>
public abstract class ResponseStoreSuite(IJournalReaderAdapter adapter) : JournalSuite(adapter)
{
    private IJournalReader Responses { get; } = adapter.Reader;

    [SuiteFact]
    public async Task A_response_is_copied_byte_for_byte_and_a_run_without_one_has_none()
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 3, "\u0000not JSON");
        await AppendAsync(batch, 4, new SubmitIntended(1, At));
        using var copy = new MemoryStream();

        Assert.True(Responses.CopyResponse(batch.Number, 3, copy));
        Assert.Equal("\u0000not JSON"u8, copy.ToArray());
        Assert.False(Responses.CopyResponse(batch.Number, 4, copy));
        Assert.False(Responses.CopyResponse(batch.Number, 5, copy));
        Assert.Equal([new StoredResponse(3, "run 3", "text/plain")], Responses.Responses(batch.Number));
    }

    [SuiteFact]
    public async Task A_log_is_kept_for_its_task_and_the_failed_tasks_without_one_are_known()
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 0, "one");
        await FailAsync(1);
        await FailAsync(2);
        await AppendAsync(batch, 3, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At));
        Assert.Equal([new RetainedTask(1, Task)], Responses.FailedTasksWithoutLog(batch.Number, most: 1));

        await Writer.AppendAsync([new TaskLogRead(batch.Number, 1, Task, "early\n", At)]);
        await Writer.AppendAsync([new TaskLogRead(batch.Number, 1, Task, "1 ü\n2 infeasible\n", At.AddMinutes(1))]);

        Assert.Equal(new StoredLog(Task, "1 ü\n2 infeasible\n", At.AddMinutes(1)), Responses.Log(batch.Number, 1));
        Assert.Null(Responses.Log(batch.Number, 2));
        Assert.Equal([1L], Responses.Logged(batch.Number));
        Assert.Equal([new RetainedTask(2, Task)], Responses.FailedTasksWithoutLog(batch.Number, most: 9));

        Task FailAsync(long run) =>
            AppendAsync(
                batch,
                run,
                new SubmitIntended(1, At),
                new Submitted(1, Task, At),
                new RunFailed(new RunError(RunErrorKind.TaskFailed, "infeasible"), At)
            );
    }

    [SuiteFact]
    public async Task A_run_that_copied_a_response_shares_it()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 3, "one");
        await AppendAsync(second, 3, new RunReused(new RunReference(first.Number, 3), Ended, RunResults.None, At));
        using var copy = new MemoryStream();

        Assert.True(Responses.CopyResponse(second.Number, 3, copy));
        Assert.Equal("one"u8, copy.ToArray());
    }

    [SuiteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_shares_a_response_that_came_in_the_same_group(bool isBatchWarned)
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        JournalEntry[] group =
        [
            .. Entries(
                first,
                3,
                new SubmitIntended(1, At),
                new Submitted(1, Task, At),
                new TaskCompleted(Ended, At),
                new RunCompleted(new TaskResponse("one"u8.ToArray(), "text/plain"), RunResults.None, At)
            ),
            .. isBatchWarned ? [new BatchWarned(first.Number, "clock", "it is slow", At)] : Array.Empty<JournalEntry>(),
            .. Entries(second, 3, new RunReused(new RunReference(first.Number, 3), Ended, RunResults.None, At)),
        ];
        await Writer.AppendAsync(group);
        using var copy = new MemoryStream();

        Assert.True(Responses.CopyResponse(second.Number, 3, copy));
        Assert.Equal("one"u8, copy.ToArray());
    }
}
