using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.Writing;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>The database as a file, and who may write it.</summary>
public sealed class WorkspaceTests : JournalTest
{
    [Fact]
    public void A_database_of_the_first_version_is_brought_up_to_date_when_it_is_opened()
    {
        var folder = Directory.CreateTempSubdirectory("journal-").FullName;
        using (var old = new SqliteConnection($"Data Source={Path.Combine(folder, "batches.db")};Pooling=False"))
        using (var script = typeof(SqliteWorkspace).Assembly.GetManifestResourceStream("0001-batches-runs-steps.sql")!)
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText =
                $"{new StreamReader(script).ReadToEnd()}; PRAGMA application_id = {0x41494D42}; PRAGMA user_version = 1;"
                + "INSERT INTO blobs VALUES (x'00', x'00'); INSERT INTO batches VALUES (1, 'a-1', 'a', 1, NULL, 'f', x'00', 'a.yaml', '{}', 'emulator', 3, '[]', '[]', '2026-11-24T18:00:00.000Z', NULL, NULL, NULL);"
                + "INSERT INTO runs (batch, run, name, parameters, phase, attempts, started_at, error_kind, error) VALUES (1, 2, 'r', '{}', 'failed', 1, '2026-11-24T18:00:00.000Z', 'task-failed', 'run 17 asks the same and failed: no solution');"
                + "INSERT INTO steps (batch, run, step, at, event, error_kind, message) VALUES (1, 2, 1, '2026-11-24T18:00:00.000Z', 'run-failed', 'task-failed', 'run 17 asks the same and failed: no solution')";
            command.ExecuteNonQuery();
        }

        using var reader = SqliteWorkspace.OpenExisting(folder).OpenReader();
        var batch = Assert.Single(reader.Batches());
        Assert.Equal(("a-1", false, null, null), (batch.Id.Value, batch.IsFresh, batch.ServiceName, batch.Design));
        var copied = new RunError(RunErrorKind.TaskFailed, "no solution") { CopiedFrom = 17 };
        Assert.Equal(copied, Assert.Single(reader.Runs(1)).Error);
        Assert.Equal(copied, Assert.IsType<RunFailed>(Assert.Single(reader.Events(1, 2))).Error);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_commit_survives_a_power_cut()
    {
        // 2 is FULL: in WAL mode every commit is flushed to the disk (sqlite.org/pragma.html#pragma_synchronous).
        var connection = ((SqliteJournalWriter)Writer).Connection;
        Assert.Equal(2L, Pragma(connection, "synchronous"));
        Assert.Equal("wal", Pragma(connection, "journal_mode"));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "newer")]
    [InlineData("PRAGMA application_id = 1", "another program")]
    public void A_database_that_is_not_for_this_program_is_left_alone(string change, string word)
    {
        Execute(change);

        Assert.Contains(word, Assert.Throws<JournalException>(Workspace.OpenWriter).Message, StringComparison.Ordinal);
        Assert.Contains(
            Database,
            Assert.Throws<JournalException>(Workspace.OpenReader).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_database_or_no_folder_is_refused_in_one_line()
    {
        var other = Directory.CreateDirectory(Path.Combine(Folder, "other")).FullName;
        File.WriteAllText(Path.Combine(other, "batches.db"), new string('x', 5000));
        var garbage = Assert.Throws<JournalException>(SqliteWorkspace.OpenExisting(other).OpenReader);
        Assert.Contains("not a database", garbage.Message, StringComparison.Ordinal);

        var file = Path.Combine(other, "batches.db");
        Assert.DoesNotContain('\n', Assert.Throws<JournalException>(() => SqliteWorkspace.OpenOrCreate(file)).Message);
        Assert.Contains(
            "aimms-batch run",
            Assert.Throws<JournalException>(() => SqliteWorkspace.OpenExisting(Path.Combine(Folder, "none"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_process_at_a_time_claims_a_batch_and_others_see_which()
    {
        var batch = await OpenAsync();
        var id = batch.Id;
        Assert.Null(Workspace.HolderOf(id));
        using (Workspace.TryClaim(batch, TimeProvider.System))
        {
            Assert.Null(Workspace.TryClaim(batch, TimeProvider.System));
            Assert.Contains(
                $"process {Environment.ProcessId} on",
                Workspace.HolderOf(id)!.ToString(),
                StringComparison.Ordinal
            );
        }

        Assert.Null(Workspace.HolderOf(id));

        // A process that reads the lock at the same time holds nothing.
        var file = Path.Combine(Workspace.Folder, "claims", $"{id.Value}.lock");
        IBatchClaim? again = null;
        var claiming = new Thread(() => again = Workspace.TryClaim(batch, TimeProvider.System));
        using (new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Null(Workspace.HolderOf(id));
            claiming.Start();
            await Waiting.UntilAsync(() => !claiming.IsAlive || claiming.ThreadState == ThreadState.WaitSleepJoin);
        }

        // One that claims waits until the other has read.
        await Waiting.UntilAsync(() => !claiming.IsAlive);
        using var held = again;
        Assert.NotNull(held);
    }

    [Fact]
    public async Task A_group_is_appended_whole_or_not_at_all()
    {
        var batch = await OpenAsync();
        JournalEntry[] group =
        [
            RunEventEntry.Next(batch.Number, FakeRuns.Run(0), Run.New, new SubmitIntended(1, At)),
            RunEventEntry.Next(999, FakeRuns.Run(1), Run.New, new SubmitIntended(1, At)),
        ];

        await Assert.ThrowsAsync<JournalException>(async () => await Writer.AppendAsync(group));
        Assert.Empty(Reader.Runs(batch.Number));
        await AppendAsync(batch, 0, new SubmitIntended(1, At));
        Assert.Single(Reader.Events(batch.Number, 0));
    }

    [Fact]
    public async Task Another_process_appends_where_the_first_one_stopped()
    {
        var batch = await OpenAsync();
        var failed = new RunFailed(new RunError(RunErrorKind.Scenario, "x is not defined"), At);
        await AppendAsync(batch, 0, failed, new RunReopened(At));
        using var second = Workspace.OpenWriter();
        await second.AppendAsync(Entries(batch, 0, new SubmitIntended(1, At)));

        Assert.Equal(3, Reader.Events(batch.Number, 0).Count);
    }

    private static object? Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
