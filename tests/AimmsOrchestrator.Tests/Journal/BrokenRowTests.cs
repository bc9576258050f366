using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.Text;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>A value of the database that makes no sense is named by its batch, run and column.</summary>
public sealed class BrokenRowTests : IDisposable
{
    private static readonly string Golden = Path.Combine(
        RepositoryFolder.Root,
        "tests",
        "AimmsOrchestrator.Tests",
        "Journal",
        "Golden",
        "schema-7.db"
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("broken-").FullName;

    [Theory]
    [InlineData("runs SET parameters = '{\"i\":' WHERE run = 3", "run 3, column parameters")]
    [InlineData("runs SET parameters = '[1]' WHERE run = 3", "run 3, column parameters")]
    [InlineData("runs SET parameters = '{} {}' WHERE run = 3", "run 3, column parameters")]
    [InlineData("runs SET results = 'x' WHERE run = 4", "run 4, column results")]
    [InlineData("runs SET results = '' WHERE run = 4", "run 4, column results")]
    [InlineData("runs SET phase = 'lost' WHERE run = 4", "run 4, column phase")]
    [InlineData("runs SET started_at = 'yesterday' WHERE run = 4", "run 4, column started_at")]
    [InlineData("runs SET key = x'00' WHERE run = 4", "run 4, column key")]
    public void A_run(string change, string place) => Names(place, change, reader => reader.Runs(1).Count());

    [Theory]
    [InlineData("batches SET parameter_names = '[1' WHERE number = 1", "column parameter_names")]
    [InlineData("batches SET result_names = '{}' WHERE number = 1", "column result_names")]
    [InlineData("batches SET design = '{\"form\":\"spiral\"}' WHERE number = 1", "column design")]
    [InlineData("batches SET ended_how = 'spiral' WHERE number = 1", "column ended_how")]
    public void A_batch(string change, string place) => Names(place, change, reader => reader.Batches().Count);

    [Theory]
    [InlineData("batches SET overrides = '{' WHERE number = 1", "column overrides")]
    [InlineData("batches SET overrides = 'null' WHERE number = 1", "column overrides")]
    public void What_the_command_line_changed(string change, string place) =>
        Names(place, change, reader => reader.Scenario(1));

    [Theory]
    [InlineData("steps SET payload = '{' WHERE run = 2 AND step = 1", "run 2, column payload")]
    [InlineData("steps SET payload = '[]' WHERE run = 2 AND step = 1", "run 2, column payload")]
    [InlineData("steps SET payload = '{}' WHERE run = 2 AND step = 1", "run 2, column payload")]
    [InlineData(
        "steps SET payload = json_remove(payload, '$.attempt') WHERE run = 2 AND step = 1",
        "run 2, column payload"
    )]
    [InlineData("steps SET payload = json_remove(payload, '$.at') WHERE run = 2 AND step = 1", "run 2, column payload")]
    [InlineData(
        "steps SET payload = json_set(payload, '$.at', json('null')) WHERE run = 2 AND step = 1",
        "run 2, column payload"
    )]
    public void An_event(string change, string place) => Names(place, change, reader => reader.Events(1, 2));

    [Fact]
    public void Every_member_of_an_event_that_has_no_default_must_be_there()
    {
        string[] made = ["attempt", "task", "fault", "fault.kind", "countsAsAttempt", "reason", "state", "how"];
        string[] kept =
        [
            "error",
            "error.kind",
            "error.cause",
            "results",
            "results.valuesJson",
            "source.run",
            "task.id",
        ];
        using var connection = new SqliteConnection($"Data Source={Golden};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT event, payload FROM steps WHERE payload -> $member IS NOT NULL ORDER BY event = 'run-failed' LIMIT 1";
        var member = command.Parameters.Add("$member", SqliteType.Text);
        foreach (var name in made.Concat(kept).Append("at"))
        {
            member.Value = $"$.{name}";
            using var row = command.ExecuteReader();
            Assert.True(row.Read(), name);
            using var remove = connection.CreateCommand();
            remove.CommandText = "SELECT json_remove($payload, $member)";
            remove.Parameters.AddWithValue("$payload", row.GetString(1));
            remove.Parameters.AddWithValue("$member", $"$.{name}");
            var refusal = Assert.Throws<System.Text.Json.JsonException>(() =>
                JournalJson.Event(row.GetString(0), (string)remove.ExecuteScalar()!)
            );
            Assert.Contains($"'{name.Split('.')[^1]}'", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_event_that_an_outcome_is_reused_from()
    {
        var workspace = Broken("steps SET payload = '{' WHERE batch = 2 AND run = 0 AND event = 'run-reused'");
        using var reader = workspace.OpenReader();
        using var cache = workspace.OpenResultCache(9, isFresh: false);
        var run = reader.Runs(1).First();
        var extraction = Assert.IsType<RunCompleted>(reader.Events(1, 0)[^1]).Extraction;

        var refusal = Assert.Throws<JournalException>(() => cache.Find(run.Key!.Value, extraction!.Value));
        Assert.Contains("batch copies-1, run 0, column payload: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_is_a_file_is_named_as_one()
    {
        var file = Path.Combine(_folder, "taken");
        File.WriteAllText(file, "");
        string[] names = [file, Path.Combine(file, "in", "side")];
        foreach (var name in names)
        {
            var writing = Assert.Throws<JournalException>(() => SqliteWorkspace.OpenOrCreate(name));
            var reading = Assert.Throws<JournalException>(() => SqliteWorkspace.OpenExisting(name));
            Assert.StartsWith($"{file} is a file, ", writing.Message, StringComparison.Ordinal);
            Assert.Equal(writing.Message, reading.Message);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Names(string place, string change, Func<IJournalReader, object> read)
    {
        using var reader = Broken(change).OpenReader();
        var refusal = Assert.Throws<JournalException>(() => read(reader));

        Assert.Contains($"batch golden-1, {place}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("batches.db", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A golden database after a change of its rows.</summary>
    private SqliteWorkspace Broken(string change)
    {
        var file = Path.Combine(_folder, "batches.db");
        File.Copy(Golden, file);
        var workspace = SqliteWorkspace.OpenExisting(_folder);
        workspace.OpenWriter().Dispose();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE {change}";
        Assert.NotEqual(0, command.ExecuteNonQuery());
        return workspace;
    }
}
