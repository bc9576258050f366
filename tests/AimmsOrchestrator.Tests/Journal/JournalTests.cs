using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal;

public sealed class JournalTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 18, 0, 0, 123, TimeSpan.Zero);
    private static readonly TaskId Task = new("7b1f0c52");

    private static readonly TaskSnapshot Ended = new(Task, TaskState.Completed)
    {
        StateText = "completed",
        AppName = "Plänt",
        AppVersion = "3.2",
        ServiceName = "solvePlan",
        CreatedAt = At,
        AssignedAt = At.AddSeconds(1),
        RunningAt = At.AddSeconds(2),
        EndedAt = At.AddSeconds(3),
        QueueTime = TimeSpan.FromSeconds(2),
        RunTime = TimeSpan.FromSeconds(1.25),
        ReturnCode = 1,
        ErrorMessage = "none, really",
    };

    private static readonly ServiceFault Fault = new(FaultKind.Overloaded, "429 Too Many Requests")
    {
        HttpStatus = 429,
        ErrorCode = 30001,
        ErrorId = "4a0c",
        RetryAfter = TimeSpan.FromSeconds(7),
        MayHaveArrived = true,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;
    private readonly Workspace _workspace;
    private readonly SqliteJournalWriter _writer;
    private readonly SqliteJournalReader _reader;

    public JournalTests()
    {
        _workspace = Workspace.OpenOrCreate(_folder);
        _writer = _workspace.OpenWriter();
        _reader = _workspace.OpenReader();
    }

    private string Database => Path.Combine(_folder, "batches.db");

    [Fact]
    public void A_question_finds_its_latest_answer_with_the_task_and_the_response()
    {
        var (first, second) = (Open(), Open());
        Complete(first, run: 3, "one");
        using (var answers = _workspace.OpenAnswers(second.Number, isFresh: false))
        {
            var found = Assert.IsType<EarlierEnd.Answered>(answers.Find(FakeRuns.Key(3)));
            Assert.Equal(new RunReference(first.Number, 3), found.Source);
            Assert.Equal(Ended, found.Task);
            Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
            Assert.True(answers.HasAnswer(FakeRuns.Key(3)));
            Assert.Null(answers.Find(FakeRuns.Key(4)));

            Complete(second, run: 3, "two");
            Assert.Equal(
                new RunReference(second.Number, 3),
                Assert.IsType<EarlierEnd.Answered>(answers.Find(FakeRuns.Key(3))).Source
            );
        }

        Assert.True(_reader.HasAnswers());
        Assert.Equal(2, _reader.Durations("emulator", null, 10).Count);
    }

    [Fact]
    public void A_fresh_batch_finds_its_own_answers_only()
    {
        Complete(Open(), run: 3, "one");
        var fresh = Open();
        using var answers = _workspace.OpenAnswers(fresh.Number, isFresh: true);

        Assert.Null(answers.Find(FakeRuns.Key(3)));
        Complete(fresh, run: 3, "two");
        Assert.NotNull(answers.Find(FakeRuns.Key(3)));
    }

    [Fact]
    public void A_failure_is_an_end_within_its_own_batch_only()
    {
        var batch = Open();
        var error = new RunError(RunErrorKind.TaskFailed, "infeasible input");
        _writer.Commit([new RunStep(batch.Number, FakeRuns.Run(5), new RunFailed(error, At))]);
        using var own = _workspace.OpenAnswers(batch.Number, isFresh: false);
        using var other = _workspace.OpenAnswers(batch.Number + 1, isFresh: false);

        Assert.Equal(new EarlierEnd.Failed(new RunReference(batch.Number, 5), error), own.Find(FakeRuns.Key(5)));
        Assert.Null(other.Find(FakeRuns.Key(5)));
    }

    [Fact]
    public void A_run_that_takes_over_an_answer_shares_its_response_and_can_be_taken_over_itself()
    {
        var (first, second) = (Open(), Open());
        Complete(first, run: 3, "one");
        var reused = new RunReused(
            new RunReference(first.Number, 3),
            Ended,
            new RunResults("""{"n":1}""", null, true),
            At
        );
        _writer.Commit([new RunStep(second.Number, FakeRuns.Run(3), reused)]);

        var run = _reader.Runs(second.Number).Single();
        Assert.Equal($"{first.Id}#3", run.ReusedFrom);
        Assert.Equal("completed", run.State);
        Assert.Equal(
            (Ended.ReturnCode, Ended.RunTime, Task, 0),
            (run.ReturnCode, run.RunTime, run.TaskId, run.Attempts)
        );
        Assert.Equal([reused], _reader.Steps(second.Number, 3));

        using var answers = _workspace.OpenAnswers(second.Number + 1, isFresh: false);
        var found = Assert.IsType<EarlierEnd.Answered>(answers.Find(FakeRuns.Key(3)));
        Assert.Equal(second.Number, found.Source.Batch);
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
        Assert.Single(_reader.Durations("emulator", null, 10));
    }

    [Fact]
    public void A_run_that_is_reopened_has_nothing_left_of_its_failure()
    {
        var batch = Open();
        var failed = new RunFailed(new RunError(RunErrorKind.TaskFailed, "no solution"), At) { Task = Ended };
        _writer.Commit([
            new RunStep(batch.Number, FakeRuns.Run(1), new SubmitIntended(1, At)),
            new RunStep(batch.Number, FakeRuns.Run(1), new Submitted(1, Task, At)),
            new RunStep(batch.Number, FakeRuns.Run(1), failed),
            new RunStep(batch.Number, FakeRuns.Run(1), new RunReopened(At)),
        ]);

        var run = Assert.Single(_reader.Runs(batch.Number));
        Assert.Equal(("pending", null, null, null, 1), (run.State, run.Error, run.TaskId, run.EndedAt, run.Attempts));
        Assert.Equal([1], _reader.Unfinished(batch.Number).Keys);
        Assert.IsType<RunReopened>(_reader.Steps(batch.Number, 1)[^1]);
    }

    private void Complete(BatchRecord batch, long run, string response) =>
        _writer.Commit([
            new RunStep(batch.Number, FakeRuns.Run(run), new SubmitIntended(1, At)),
            new RunStep(batch.Number, FakeRuns.Run(run), new Submitted(1, Task, At)),
            new RunStep(batch.Number, FakeRuns.Run(run), new TaskCompleted(Ended, At)),
            new RunStep(
                batch.Number,
                FakeRuns.Run(run),
                new RunCompleted(
                    new TaskResponse(System.Text.Encoding.UTF8.GetBytes(response), "text/plain"),
                    RunResults.None,
                    At.AddSeconds(5)
                )
            ),
        ]);

    [Fact]
    public void A_database_of_the_first_version_is_brought_up_to_date_by_whoever_opens_it()
    {
        var folder = Directory.CreateTempSubdirectory("journal-").FullName;
        using (var old = new SqliteConnection($"Data Source={Path.Combine(folder, "batches.db")};Pooling=False"))
        using (var script = typeof(Workspace).Assembly.GetManifestResourceStream("0001-batches-runs-steps.sql")!)
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText =
                $"{new StreamReader(script).ReadToEnd()}; PRAGMA application_id = {0x41494D42}; PRAGMA user_version = 1;"
                + "INSERT INTO blobs VALUES (x'00', x'00'); INSERT INTO batches VALUES (1, 'a-1', 'a', 1, NULL, 'f', x'00', 'a.yaml', '{}', 'emulator', 3, '[]', '[]', '2026-11-24T18:00:00.000Z', NULL, NULL, NULL)";
            command.ExecuteNonQuery();
        }

        using var reader = Workspace.OpenExisting(folder).OpenReader();
        var batch = Assert.Single(reader.Batches());
        Assert.Equal(("a-1", false, null), (batch.Id.Value, batch.IsFresh, batch.ServiceName));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_event_comes_back_as_it_was_kept()
    {
        var batch = Open();
        RunEvent[] events =
        [
            new SubmitIntended(1, At),
            new SubmitFailed(1, Fault, Counts: true, At.AddSeconds(1)),
            new SubmitIntended(2, At),
            new Submitted(2, Task, At),
            new TaskForgotten("the service was started anew", At),
            new SubmitIntended(3, At),
            new Submitted(3, Task, At),
            new TaskSeen(TaskState.Solving, At),
            new TaskCompleted(Ended, At),
            new RunFailed(new RunError(RunErrorKind.NotSuccess, "success does not hold"), At)
            {
                Task = Ended,
                Results = new RunResults("""{"cost":1.5}""", "open: undefined", IsSuccess: false),
            },
        ];
        Keep(batch, 7, events);

        Assert.Equal(events, _reader.Steps(batch.Number, 7));
    }

    [Fact]
    public void A_responses_bytes_come_back_whatever_they_are()
    {
        var batch = Open();
        byte[] bytes = [0, 255, 10, 13, 0];
        Keep(batch, 0, new RunCompleted(new TaskResponse(bytes, "application/octet-stream"), RunResults.None, At));
        Keep(batch, 1, new RunCompleted(Response: null, RunResults.None, At));

        var completed = Assert.IsType<RunCompleted>(Assert.Single(_reader.Steps(batch.Number, 0)));
        Assert.Equal(bytes, completed.Response!.Body.ToArray());
        Assert.Equal("application/octet-stream", completed.Response.MediaType);
        Assert.Null(Assert.IsType<RunCompleted>(Assert.Single(_reader.Steps(batch.Number, 1))).Response);
    }

    [Fact]
    public void A_runs_row_follows_its_steps()
    {
        var batch = Open();
        Keep(batch, 3, new SubmitIntended(1, At));
        Assert.Equal("submitting", Row(batch).State);
        Keep(batch, 3, new Submitted(1, Task, At));
        Assert.Equal("queued", Row(batch).State);
        Keep(batch, 3, new TaskSeen(TaskState.Solving, At));
        Assert.Equal("solving", Row(batch).State);
        Keep(batch, 3, new TaskCompleted(Ended, At));
        Assert.Equal("retrieving", Row(batch).State);
        var results = new RunResults("""{"cost":153.675}""", Notes: null, IsSuccess: true);
        Keep(
            batch,
            3,
            new RunCompleted(new TaskResponse("{}"u8.ToArray(), "application/json"), results, At.AddSeconds(9))
        );

        var row = Row(batch);
        Assert.Equal("completed", row.State);
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
        Keep(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At), new TaskForgotten("gone", At));

        var row = Row(batch);
        Assert.Equal(("pending", null), (row.State, row.TaskId));
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

        Assert.Equal([0L, 2L], _reader.Unfinished(batch.Number).Keys.Order());
        Assert.Equal(2, _reader.Unfinished(batch.Number)[0].Count);
        Assert.Equal([1L], _reader.Ended(batch.Number));
        Assert.Equal(
            new SortedDictionary<string, long>(StringComparer.Ordinal)
            {
                ["failed"] = 1,
                ["queued"] = 1,
                ["submitting"] = 1,
            },
            new SortedDictionary<string, long>(
                _reader.CountByState(batch.Number).ToDictionary(),
                StringComparer.Ordinal
            )
        );
    }

    [Fact]
    public void A_group_is_kept_whole_or_not_at_all()
    {
        var batch = Open();
        JournalEntry[] group =
        [
            new RunStep(batch.Number, FakeRuns.Run(0), new SubmitIntended(1, At)),
            new RunStep(Batch: 999, FakeRuns.Run(1), new SubmitIntended(1, At)),
        ];

        Assert.Throws<JournalException>(() => _writer.Commit(group));
        Assert.Empty(_reader.Runs(batch.Number));
        Keep(batch, 0, new SubmitIntended(1, At));
        Assert.Single(_reader.Steps(batch.Number, 0));
    }

    [Fact]
    public void Batches_are_counted_for_each_scenario_and_found_by_id_by_scenario_and_as_the_latest()
    {
        var first = Open("a");
        var second = Open("a");
        var odd = Open("a-1");

        Assert.Equal(["a-1", "a-2", "a-1-1"], new[] { first, second, odd }.Select(b => b.Id.Value));
        Assert.Equal(first.Number, _reader.Find("a-1")!.Number);
        Assert.Equal(second.Number, _reader.Find("a")!.Number);
        Assert.Equal(odd.Number, _reader.Find(null)!.Number);
        Assert.Null(_reader.Find("b"));
        Assert.Equal(["a-1-1", "a-2", "a-1"], _reader.Batches().Select(b => b.Id.Value));
    }

    [Fact]
    public void A_batchs_scenario_is_kept_as_it_was()
    {
        var kept = _reader.Scenario(Open().Number);

        Assert.Equal("name: a # ü", kept.Source);
        Assert.Equal([1, 0, 2], kept.Attachments["base.json"].ToArray());
        Assert.Equal("""{"limit":3}""", kept.OverridesJson);
    }

    [Fact]
    public void A_batch_ends_and_is_taken_up_again()
    {
        var batch = Open();
        _writer.Commit([new BatchEnded(batch.Number, BatchEnd.ServiceRefused, "403", At)]);
        var ended = _reader.Find("a")!;
        Assert.Equal(
            (BatchEnd.ServiceRefused, "403", At, false),
            (ended.End, ended.Reason, ended.EndedAt, ended.IsFinished)
        );

        _writer.Commit([new BatchResumed(batch.Number, At)]);
        Assert.Null(_reader.Find("a")!.End);
    }

    [Fact]
    public void A_commit_survives_a_power_cut()
    {
        // 2 is FULL: in WAL mode every commit is flushed to the disk (sqlite.org/pragma.html#pragma_synchronous).
        Assert.Equal(2L, Pragma(_writer.Connection, "synchronous"));
        Assert.Equal("wal", Pragma(_writer.Connection, "journal_mode"));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "newer")]
    [InlineData("PRAGMA application_id = 1", "another program")]
    public void A_database_that_is_not_for_this_program_is_left_alone(string change, string word)
    {
        Execute(change);

        Assert.Contains(word, Assert.Throws<JournalException>(_workspace.OpenWriter).Message, StringComparison.Ordinal);
        Assert.Contains(
            Database,
            Assert.Throws<JournalException>(_workspace.OpenReader).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_database_or_no_folder_is_told_in_one_line()
    {
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        File.WriteAllText(Path.Combine(other, "batches.db"), new string('x', 5000));
        var garbage = Assert.Throws<JournalException>(Workspace.OpenExisting(other).OpenReader);
        Assert.Contains("not a database", garbage.Message, StringComparison.Ordinal);

        var file = Path.Combine(other, "batches.db");
        Assert.DoesNotContain('\n', Assert.Throws<JournalException>(() => Workspace.OpenOrCreate(file)).Message);
        Assert.Contains(
            "aimms-batch run",
            Assert.Throws<JournalException>(() => Workspace.OpenExisting(Path.Combine(_folder, "none"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_process_at_a_time_drives_a_batch_and_others_are_told_which()
    {
        var id = new BatchId("a-1");
        Assert.Null(BatchClaim.HolderOf(_workspace, id));
        using (BatchClaim.TryTake(_workspace, id, TimeProvider.System))
        {
            Assert.Null(BatchClaim.TryTake(_workspace, id, TimeProvider.System));
            Assert.Contains(
                $"process {Environment.ProcessId} on",
                BatchClaim.HolderOf(_workspace, id)!.ToString(),
                StringComparison.Ordinal
            );
        }

        Assert.Null(BatchClaim.HolderOf(_workspace, id));
        using var again = BatchClaim.TryTake(_workspace, id, TimeProvider.System);
        Assert.NotNull(again);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static object? Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar();
    }

    private BatchRecord Open(string scenario = "a") =>
        _writer.OpenBatch(
            new NewBatch
            {
                Scenario = scenario,
                Fingerprint = "f",
                Source = "name: a # ü",
                SourceFile = "a.yaml",
                Attachments = new Dictionary<string, ReadOnlyMemory<byte>> { ["base.json"] = new byte[] { 1, 0, 2 } },
                OverridesJson = """{"limit":3}""",
                RunCount = 10,
                ServiceAddress = "emulator",
                ParameterNames = ["x"],
                ResultNames = ["cost"],
                At = At,
            }
        );

    private void Keep(BatchRecord batch, long run, params RunEvent[] events) =>
        _writer.Commit([.. events.Select(e => new RunStep(batch.Number, FakeRuns.Run(run), e))]);

    private RunRecord Row(BatchRecord batch) => Assert.Single(_reader.Runs(batch.Number));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
