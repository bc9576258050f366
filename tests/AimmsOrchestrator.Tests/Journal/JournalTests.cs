using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>What is kept of runs and batches comes back.</summary>
public sealed class JournalTests : JournalTest
{
    [Fact]
    public void A_run_that_is_reopened_has_nothing_left_of_its_failure()
    {
        var batch = Open();
        var failed = new RunFailed(new RunError(RunErrorKind.TaskFailed, "no solution"), At) { Task = Ended };
        Writer.Commit([
            new RunEventEntry(batch.Number, FakeRuns.Run(1), new SubmitIntended(1, At)),
            new RunEventEntry(batch.Number, FakeRuns.Run(1), new Submitted(1, Task, At)),
            new RunEventEntry(batch.Number, FakeRuns.Run(1), failed),
            new RunEventEntry(batch.Number, FakeRuns.Run(1), new RunReopened(At)),
        ]);

        var run = Assert.Single(Reader.Runs(batch.Number));
        Assert.Equal(
            (RunState.Pending, null, null, null, 1),
            (run.State, run.Error, run.TaskId, run.EndedAt, run.Attempts)
        );
        Assert.Equal([1], Reader.Unfinished(batch.Number).Keys);
        Assert.IsType<RunReopened>(Reader.Events(batch.Number, 1)[^1]);
    }

    [Fact]
    public void Every_event_comes_back_as_it_was_kept()
    {
        var batch = Open();
        RunEvent[] events =
        [
            new SubmitIntended(1, At),
            new SubmitFailed(1, Fault, CountsAsAttempt: true, At.AddSeconds(1)),
            new SubmitIntended(2, At),
            new Submitted(2, Task, At),
            new TaskForgotten("the service was started anew", CountsAsAttempt: true, At),
            new SubmitIntended(3, At),
            new Submitted(3, Task, At),
            new AttemptFailed(new RunError(RunErrorKind.TaskFailed, "no licence"), Ended, At),
            new SubmitIntended(4, At),
            new SubmitUnconfirmed(4, "lost", CountsAsAttempt: true, At),
            new SubmitSettled(4, SettlementVerdict.SentAgain, Task: null, "it is not there", At),
            new SubmitIntended(5, At),
            new SubmitUnconfirmed(5, "the program ended", CountsAsAttempt: false, At),
            new SubmitSettled(5, SettlementVerdict.Adopted, Task, "it is there", At),
            new TaskSeen(TaskState.Solving, At),
            new TaskInterrupted(Interrupt.Solve, "it took too long", At),
            new TaskCompleted(Ended, At),
            new RunFailed(new RunError(RunErrorKind.NotSuccess, "success does not hold"), At)
            {
                Task = Ended,
                Results = new RunResults("""{"cost":1.5}""", "open: undefined", IsSuccess: false),
            },
        ];
        Keep(batch, 7, events);

        Assert.Equal(events, Reader.Events(batch.Number, 7));
    }

    [Fact]
    public void An_incumbent_and_an_adopted_task_are_marked()
    {
        var batch = Open();
        Keep(
            batch,
            3,
            new SubmitIntended(1, At),
            new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At),
            new SubmitSettled(1, SettlementVerdict.Adopted, Task, "it is there", At),
            new TaskInterrupted(Interrupt.Solve, "it took too long", At),
            new TaskCompleted(Ended, At),
            new RunCompleted(Response: null, RunResults.None, At) { IsIncumbent = true }
        );

        Assert.True(Assert.IsType<RunCompleted>(Reader.Events(batch.Number, 3)[^1]).IsIncumbent);
        Assert.Equal((SettlementVerdict.Adopted, true), (Row(batch).Settled, Row(batch).IsIncumbent));
        var marks = new Dictionary<string, long> { ["adopted"] = 1, ["incumbent"] = 1 };
        Assert.Equal(marks, Reader.Marks(batch.Number));
    }

    [Fact]
    public void What_a_scenario_states_about_its_runs_comes_back()
    {
        Open();

        var design = Assert.Single(Reader.Batches()).Design!;

        Assert.Equal(DesignForm.OneAtATime, design.Form);
        Assert.Equal(("x", "draw", "total"), (design.Parameters[0], design.Replicates[0], design.Derived[0]));
        Assert.Equal("1.0", design.BasePoint["x"].GetRawText());
        Assert.Equal("ü", design.Baseline!["x"].GetString());
    }

    [Fact]
    public void A_failure_that_is_another_runs_says_whose_until_the_run_is_reopened()
    {
        var batch = Open();
        var copied = new RunError(RunErrorKind.TaskFailed, "infeasible") { CopiedFrom = 0 };
        Keep(batch, 1, new RunFailed(copied, At));

        Assert.Equal(copied, Row(batch).Error);
        Assert.Equal(copied, Assert.IsType<RunFailed>(Reader.Events(batch.Number, 1)[^1]).Error);
        Assert.Equal("run 0 asks the same and failed: infeasible", copied.Message);

        Keep(batch, 1, new RunReopened(At), new RunFailed(copied with { CopiedFrom = null }, At));
        Assert.Equal("infeasible", Row(batch).Error!.Message);
    }

    [Fact]
    public void Another_process_goes_on_with_the_steps_where_the_first_one_left_them()
    {
        var batch = Open();
        Keep(batch, 0, new RunFailed(new RunError(RunErrorKind.Scenario, "x is not defined"), At), new RunReopened(At));
        Keep(batch, 1, new SubmitIntended(1, At));
        using var second = JournalFolder.OpenWriter();
        second.Commit([
            new RunEventEntry(batch.Number, FakeRuns.Run(0), new SubmitIntended(1, At)),
            new RunEventEntry(
                batch.Number,
                FakeRuns.Run(1),
                new SubmitUnconfirmed(1, "the program ended", CountsAsAttempt: false, At)
            ),
        ]);

        Assert.Equal(3, Reader.Events(batch.Number, 0).Count);
        Assert.Equal(2, Reader.Events(batch.Number, 1).Count);
    }

    [Fact]
    public void A_responses_bytes_come_back_whatever_they_are()
    {
        var batch = Open();
        byte[] bytes = [0, 255, 10, 13, 0];
        Keep(batch, 0, new RunCompleted(new TaskResponse(bytes, "application/octet-stream"), RunResults.None, At));
        Keep(batch, 1, new RunCompleted(Response: null, RunResults.None, At));

        var completed = Assert.IsType<RunCompleted>(Assert.Single(Reader.Events(batch.Number, 0)));
        Assert.Equal(bytes, completed.Response!.Body.ToArray());
        Assert.Equal("application/octet-stream", completed.Response.MediaType);
        Assert.Null(Assert.IsType<RunCompleted>(Assert.Single(Reader.Events(batch.Number, 1))).Response);
    }

    [Fact]
    public void A_runs_row_follows_its_steps()
    {
        var batch = Open();
        Keep(batch, 3, new SubmitIntended(1, At));
        Assert.Equal(RunState.Submitting, Row(batch).State);
        Keep(batch, 3, new Submitted(1, Task, At));
        Assert.Equal(RunState.Queued, Row(batch).State);
        Keep(batch, 3, new TaskSeen(TaskState.Solving, At));
        Assert.Equal(RunState.Solving, Row(batch).State);
        Keep(batch, 3, new TaskCompleted(Ended, At));
        Assert.Equal(RunState.Retrieving, Row(batch).State);
        var results = new RunResults("""{"cost":153.675}""", Notes: null, IsSuccess: true);
        Keep(
            batch,
            3,
            new RunCompleted(new TaskResponse("{}"u8.ToArray(), "application/json"), results, At.AddSeconds(9))
        );

        var row = Row(batch);
        Assert.Equal(RunState.Completed, row.State);
        Assert.Equal("run 3", row.Name);
        Assert.Equal(FakeRuns.Run(3).Key, row.Key);
        Assert.Equal("""{"cost":153.675}""", row.ResultsJson);
        Assert.Equal(TimeSpan.FromSeconds(2), row.QueueTime);
        Assert.Equal(TimeSpan.FromSeconds(1.25), row.RunTime);
        Assert.Equal((1, 1, At, At.AddSeconds(9)), (row.ReturnCode, row.Attempts, row.StartedAt, row.EndedAt));
    }

    [Fact]
    public void A_run_that_is_to_be_sent_again_is_pending_and_has_no_task()
    {
        var batch = Open();
        Keep(
            batch,
            0,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskForgotten("gone", CountsAsAttempt: false, At)
        );

        var row = Row(batch);
        Assert.Equal((RunState.Pending, null), (row.State, row.TaskId));
    }

    [Fact]
    public void A_run_that_failed_before_anything_was_sent_has_a_row_too()
    {
        var batch = Open();
        Keep(batch, 0, new RunFailed(new RunError(RunErrorKind.Scenario, "freight is not defined"), At));

        Assert.Equal(new RunError(RunErrorKind.Scenario, "freight is not defined"), Row(batch).Error);
    }

    [Fact]
    public void What_is_left_to_do_is_told_apart_from_what_has_ended()
    {
        var batch = Open();
        Keep(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At));
        Keep(batch, 1, new RunFailed(new RunError(RunErrorKind.Rejected, "400"), At));
        Keep(batch, 2, new SubmitIntended(1, At));
        Keep(batch, 5, new RunCompleted(Response: null, RunResults.None, At), new TaskSeen(TaskState.Queued, At));

        Assert.Equal([0L, 2L], Reader.Unfinished(batch.Number).Keys.Order());
        Assert.Equal(2, Reader.Unfinished(batch.Number)[0].Count);
        Assert.Equal([1L], Reader.Ended(batch.Number));
        Assert.Equal(
            new StateCounts
            {
                Failed = 1,
                Queued = 1,
                Submitting = 1,
            },
            Reader.CountByState(batch.Number)
        );
    }

    [Fact]
    public void A_group_is_kept_whole_or_not_at_all()
    {
        var batch = Open();
        JournalEntry[] group =
        [
            new RunEventEntry(batch.Number, FakeRuns.Run(0), new SubmitIntended(1, At)),
            new RunEventEntry(Batch: 999, FakeRuns.Run(1), new SubmitIntended(1, At)),
        ];

        Assert.Throws<JournalException>(() => Writer.Commit(group));
        Assert.Empty(Reader.Runs(batch.Number));
        Keep(batch, 0, new SubmitIntended(1, At));
        Assert.Single(Reader.Events(batch.Number, 0));
    }

    [Fact]
    public void Batches_are_counted_for_each_scenario_and_found_by_id_by_scenario_and_as_the_latest()
    {
        var first = Open("a");
        var second = Open("a");
        var odd = Open("a-1");

        Assert.Equal(["a-1", "a-2", "a-1-1"], new[] { first, second, odd }.Select(b => b.Id.Value));
        Assert.Equal(first.Number, Reader.Find("a-1")!.Number);
        Assert.Equal(second.Number, Reader.Find("a")!.Number);
        Assert.Equal(odd.Number, Reader.Find(null)!.Number);
        Assert.Null(Reader.Find("b"));
        Assert.Equal(["a-1-1", "a-2", "a-1"], Reader.Batches().Select(b => b.Id.Value));
    }

    [Fact]
    public void A_batchs_scenario_is_kept_as_it_was()
    {
        var kept = Reader.Scenario(Open().Number);

        Assert.Equal("name: a # ü", kept.Source);
        Assert.Equal([1, 0, 2], kept.Attachments["base.json"].ToArray());
        Assert.Equal("""{"limit":3}""", kept.OverridesJson);
    }

    [Fact]
    public void A_batch_ends_and_is_taken_up_again()
    {
        var batch = Open();
        Writer.Commit([new BatchEnded(batch.Number, BatchEnd.ServiceRefused, "403", At)]);
        var ended = Reader.Find("a")!;
        Assert.Equal(
            (BatchEnd.ServiceRefused, "403", At, false),
            (ended.End, ended.Reason, ended.EndedAt, ended.IsFinished)
        );

        Writer.Commit([new BatchResumed(batch.Number, At)]);
        Assert.Null(Reader.Find("a")!.End);
    }

    private RunRecord Row(BatchRecord batch) => Assert.Single(Reader.Runs(batch.Number));
}
