using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>What the journal knows of tasks, and of submits whose fate is open.</summary>
public abstract class TaskIndexSuite(IJournalAdapter adapter) : JournalSuite(adapter)
{
    private readonly IJournalAdapter _adapter = adapter;

    [SuiteFact]
    public async Task A_task_that_any_run_ever_had_is_known()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await AppendAsync(
            first,
            0,
            new SubmitIntended(1, At),
            new Submitted(1, new TaskId("forgotten"), At),
            new TaskForgotten("404", CountsAsAttempt: true, At),
            new SubmitIntended(2, At),
            new SubmitUnconfirmed(2, "lost", CountsAsAttempt: true, At),
            new SubmitSettled(2, SettlementVerdict.Adopted, new TaskId("adopted"), "it is there", At)
        );

        using var index = _adapter.OpenTaskIndex(second.Number);
        Assert.True(index.Knows(new TaskId("forgotten")));
        Assert.True(index.Knows(new TaskId("adopted")));
        Assert.False(index.Knows(new TaskId("a stranger's")));
    }

    [SuiteFact]
    public async Task Open_submits_are_those_of_every_batch_at_the_same_service()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        var elsewhere = await Writer.OpenBatchAsync(SomeBatch("b") with { ServiceAddress = "https://another" });
        await AppendAsync(elsewhere, 0, new SubmitIntended(1, At));
        await AppendAsync(first, 0, new SubmitIntended(1, At));
        await AppendAsync(
            first,
            1,
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At.AddSeconds(9))
        );
        await AppendAsync(first, 2, new SubmitIntended(1, At), new Submitted(1, Task, At));
        await AppendAsync(
            first,
            3,
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At.AddSeconds(9)),
            new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "two", At),
            new RunFailed(new RunError(RunErrorKind.LostAnswer, "two"), At)
        );

        using var index = _adapter.OpenTaskIndex(second.Number);
        Assert.Equal(
            [
                new OpenSubmit(new RunReference(first.Number, 0), At, LostAt: null, IsAmbiguous: false),
                new OpenSubmit(new RunReference(first.Number, 1), At, At.AddSeconds(9), IsAmbiguous: false),
                new OpenSubmit(new RunReference(first.Number, 3), At, At.AddSeconds(9), IsAmbiguous: true),
            ],
            index.OpenSubmits()
        );
    }

    [SuiteFact]
    public async Task An_ambiguous_submit_stays_a_claim_whatever_its_run_did_since()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        RunEvent[] ambiguous =
        [
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At.AddSeconds(9)),
            new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "two", At.AddSeconds(30)),
        ];
        await AppendAsync(
            first,
            0,
            [.. ambiguous, new SubmitIntended(2, At.AddSeconds(40)), new Submitted(2, Task, At)]
        );
        var failed = new RunFailed(new RunError(RunErrorKind.LostAnswer, "two"), At);
        await AppendAsync(first, 1, [.. ambiguous, failed, new RunReopened(At)]);

        using var index = _adapter.OpenTaskIndex(second.Number);
        Assert.Equal(
            [
                new OpenSubmit(new RunReference(first.Number, 0), At, At.AddSeconds(9), IsAmbiguous: true),
                new OpenSubmit(new RunReference(first.Number, 1), At, At.AddSeconds(9), IsAmbiguous: true),
            ],
            index.OpenSubmits()
        );
    }

    [SuiteFact]
    public async Task Tasks_that_the_service_should_list_are_the_batchs_own_that_it_was_not_asked_to_delete()
    {
        var (batch, other) = (await OpenAsync(), await OpenAsync());
        await AppendAsync(batch, 0, new SubmitIntended(1, At), new Submitted(1, new TaskId("running"), At));
        await CompleteAsync(batch, 1, new RunCompleted(Response: null, RunResults.None, At));
        await AppendAsync(batch, 2, new RunReused(new RunReference(batch.Number, 1), Ended, RunResults.None, At));
        await AppendAsync(
            batch,
            3,
            new SubmitIntended(1, At),
            new Submitted(1, new TaskId("failed"), At),
            new RunFailed(new RunError(RunErrorKind.TaskFailed, "infeasible"), At)
        );
        await AppendAsync(other, 0, new SubmitIntended(1, At), new Submitted(1, new TaskId("another batch's"), At));

        using var index = _adapter.OpenTaskIndex(batch.Number);
        Assert.Equal(
            [
                new KnownTask(new TaskId("running"), IsUnfinished: true, At, At),
                new KnownTask(Task, IsUnfinished: false, At, At),
            ],
            index.TasksSince(At.AddSeconds(-1))
        );
        Assert.Empty(index.TasksSince(At));

        Assert.Equal([new ClockSample(At, At, Ended.CreatedAt!.Value)], index.ClockSamples());

        await Writer.AppendAsync([new TaskDeleted(batch.Number, 1)]);
        Assert.Equal(["running"], index.TasksSince(At.AddSeconds(-1)).Select(task => task.Task.Value));
    }

    [SuiteFact]
    public async Task The_moment_of_a_task_is_its_intents_and_not_its_ids()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At.AddSeconds(60)));

        using var index = _adapter.OpenTaskIndex(batch.Number);
        Assert.Empty(index.TasksSince(At.AddSeconds(30)));
    }
}
