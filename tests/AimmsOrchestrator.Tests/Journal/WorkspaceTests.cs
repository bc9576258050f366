using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>The database as a file, and who may write it.</summary>
public sealed class WorkspaceTests : JournalTest
{
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
                + "INSERT INTO blobs VALUES (x'00', x'00'); INSERT INTO batches VALUES (1, 'a-1', 'a', 1, NULL, 'f', x'00', 'a.yaml', '{}', 'emulator', 3, '[]', '[]', '2026-11-24T18:00:00.000Z', NULL, NULL, NULL);"
                + "INSERT INTO runs (batch, run, name, parameters, phase, attempts, started_at, error_kind, error) VALUES (1, 2, 'r', '{}', 'failed', 1, '2026-11-24T18:00:00.000Z', 'task-failed', 'run 17 asks the same and failed: no solution');"
                + "INSERT INTO steps (batch, run, step, at, event, error_kind, message) VALUES (1, 2, 1, '2026-11-24T18:00:00.000Z', 'run-failed', 'task-failed', 'run 17 asks the same and failed: no solution')";
            command.ExecuteNonQuery();
        }

        using var reader = Workspace.OpenExisting(folder).OpenReader();
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
        Assert.Equal(2L, Pragma(Writer.Connection, "synchronous"));
        Assert.Equal("wal", Pragma(Writer.Connection, "journal_mode"));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "newer")]
    [InlineData("PRAGMA application_id = 1", "another program")]
    public void A_database_that_is_not_for_this_program_is_left_alone(string change, string word)
    {
        Execute(change);

        Assert.Contains(
            word,
            Assert.Throws<JournalException>(JournalFolder.OpenWriter).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            Database,
            Assert.Throws<JournalException>(JournalFolder.OpenReader).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_database_or_no_folder_is_told_in_one_line()
    {
        var other = Directory.CreateDirectory(Path.Combine(Folder, "other")).FullName;
        File.WriteAllText(Path.Combine(other, "batches.db"), new string('x', 5000));
        var garbage = Assert.Throws<JournalException>(Workspace.OpenExisting(other).OpenReader);
        Assert.Contains("not a database", garbage.Message, StringComparison.Ordinal);

        var file = Path.Combine(other, "batches.db");
        Assert.DoesNotContain('\n', Assert.Throws<JournalException>(() => Workspace.OpenOrCreate(file)).Message);
        Assert.Contains(
            "aimms-batch run",
            Assert.Throws<JournalException>(() => Workspace.OpenExisting(Path.Combine(Folder, "none"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_process_at_a_time_drives_a_batch_and_others_are_told_which()
    {
        var id = new BatchId("a-1");
        Assert.Null(BatchClaim.HolderOf(JournalFolder, id));
        using (BatchClaim.TryTake(JournalFolder, id, TimeProvider.System))
        {
            Assert.Null(BatchClaim.TryTake(JournalFolder, id, TimeProvider.System));
            Assert.Contains(
                $"process {Environment.ProcessId} on",
                BatchClaim.HolderOf(JournalFolder, id)!.ToString(),
                StringComparison.Ordinal
            );
        }

        Assert.Null(BatchClaim.HolderOf(JournalFolder, id));

        // Somebody who looks at the same time holds nothing.
        var file = Path.Combine(JournalFolder.Folder, "claims", $"{id.Value}.lock");
        using (new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Null(BatchClaim.HolderOf(JournalFolder, id));
        }

        using var again = BatchClaim.TryTake(JournalFolder, id, TimeProvider.System);
        Assert.NotNull(again);
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
