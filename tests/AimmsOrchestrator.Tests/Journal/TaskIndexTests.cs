using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>What the journal knows of tasks and of submits whose fate is open.</summary>
public sealed class TaskIndexTests : JournalTest
{
    [Fact]
    public void A_task_that_any_run_ever_had_is_known()
    {
        var (first, second) = (Open(), Open());
        Keep(
            first,
            0,
            new SubmitIntended(1, At),
            new Submitted(1, new TaskId("forgotten"), At),
            new TaskForgotten("gone", CountsAsAttempt: true, At),
            new SubmitIntended(2, At),
            new SubmitUnconfirmed(2, "lost", CountsAsAttempt: true, At),
            new SubmitSettled(2, SettlementVerdict.Adopted, new TaskId("adopted"), "it is there", At)
        );

        using var book = JournalFolder.OpenTaskIndex(second.Number);
        Assert.True(book.Knows(new TaskId("forgotten")));
        Assert.True(book.Knows(new TaskId("adopted")));
        Assert.False(book.Knows(new TaskId("a stranger's")));
    }

    [Fact]
    public void Open_submits_are_told_of_every_batch_at_the_same_service()
    {
        var (first, second) = (Open(), Open());
        Keep(first, 0, new SubmitIntended(1, At));
        Keep(
            first,
            1,
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At.AddSeconds(9))
        );
        Keep(first, 2, new SubmitIntended(1, At), new Submitted(1, Task, At));
        Keep(
            first,
            3,
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At.AddSeconds(9)),
            new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "two", At),
            new RunFailed(new RunError(RunErrorKind.LostAnswer, "two"), At)
        );

        using var book = JournalFolder.OpenTaskIndex(second.Number);
        Assert.Equal(
            [
                new OpenSubmit(new RunReference(first.Number, 0), At, LostAt: null, IsAmbiguous: false),
                new OpenSubmit(new RunReference(first.Number, 1), At, At.AddSeconds(9), IsAmbiguous: false),
                new OpenSubmit(new RunReference(first.Number, 3), At, At.AddSeconds(9), IsAmbiguous: true),
            ],
            book.OpenSubmits()
        );
    }

    [Fact]
    public void A_submit_that_could_not_be_settled_stays_a_claim_whatever_its_run_did_since()
    {
        var (first, second) = (Open(), Open());
        RunEvent[] ambiguous =
        [
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At.AddSeconds(9)),
            new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "two", At.AddSeconds(30)),
        ];
        Keep(first, 0, [.. ambiguous, new SubmitIntended(2, At.AddSeconds(40)), new Submitted(2, Task, At)]);
        var failed = new RunFailed(new RunError(RunErrorKind.LostAnswer, "two"), At);
        Keep(first, 1, [.. ambiguous, failed, new RunReopened(At)]);

        using var book = JournalFolder.OpenTaskIndex(second.Number);
        Assert.Equal(
            [
                new OpenSubmit(new RunReference(first.Number, 0), At, At.AddSeconds(9), IsAmbiguous: true),
                new OpenSubmit(new RunReference(first.Number, 1), At, At.AddSeconds(9), IsAmbiguous: true),
            ],
            book.OpenSubmits()
        );
    }

    [Fact]
    public void Tasks_that_the_service_should_list_are_those_it_was_not_asked_to_delete()
    {
        var batch = Open();
        Keep(batch, 0, new SubmitIntended(1, At), new Submitted(1, new TaskId("running"), At));
        Keep(
            batch,
            1,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskCompleted(Ended, At),
            new RunCompleted(Response: null, RunResults.None, At)
        );
        using var book = JournalFolder.OpenTaskIndex(batch.Number);
        Assert.Equal(
            [new KnownTask(new TaskId("running"), IsUnfinished: true), new KnownTask(Task, IsUnfinished: false)],
            book.TasksSince(At.AddSeconds(-1))
        );
        Assert.Empty(book.TasksSince(At));
        Assert.Equal([new RetainedTask(1, Task)], Reader.KeptTasks(batch.Number));

        Writer.Commit([new TaskDeleted(batch.Number, 1)]);
        Assert.Equal(["running"], book.TasksSince(At.AddSeconds(-1)).Select(task => task.Task.Value));
        Assert.Empty(Reader.KeptTasks(batch.Number));
    }
}
