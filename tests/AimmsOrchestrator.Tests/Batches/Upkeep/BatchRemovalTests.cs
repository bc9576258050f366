using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Upkeep;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Batches.Upkeep;

/// <summary>Batches, or their responses alone, that are removed from a workspace.</summary>
public sealed class BatchRemovalTests : IDisposable
{
    private readonly TestRoom _room = new();

    private BatchRemoval Upkeep => new(_room.Workspace, TimeProvider.System);

    [Fact]
    public async Task A_removed_batch_is_gone_with_all_that_it_had_and_its_answers_are_asked_anew()
    {
        var first = await RunAsync();

        var removal = (await Upkeep.RemoveAsync([first], withUnfinished: false)).Value!;

        Assert.Equal(3, removal.LostAnswers);
        Assert.All(
            [.. TablesOfBatches(), "batches", "blobs", "responses"],
            table => Assert.True(Count(table) == 0, table)
        );
        var second = await RunAsync();
        Assert.Equal((6, "short-2"), (_room.Service.Submits, second.Id.Value));
        Assert.True(second.Number > first.Number);
    }

    [Fact]
    public async Task What_another_batch_copied_stays_with_that_one()
    {
        var first = await RunAsync();
        var second = await RunAsync("1, 2, 3, 4");

        var removal = (await Upkeep.RemoveAsync([first], withUnfinished: false)).Value!;

        Assert.Equal(0, removal.LostAnswers);
        Assert.Equal(4, Count("responses"));
        using var reader = _room.Workspace.OpenReader();
        Assert.Equal("short-1#0", reader.Runs(second.Number).First().ReusedFrom);
        Assert.True(reader.CopyResponse(second.Number, 0, Stream.Null));
        Assert.Equal(0, Violations());
    }

    [Fact]
    public async Task Without_their_responses_results_answer_the_same_question_and_no_other_extraction()
    {
        var first = await RunAsync();

        var removal = (await Upkeep.RemoveResponsesAsync([first], withUnfinished: false)).Value!;

        Assert.Equal((3L, 0L, 0L), (removal.Responses, removal.LostAnswers, removal.SharedResponses));
        Assert.Equal(0, Count("responses"));
        await RunAsync("1, 2, 3, 4");
        Assert.Equal(4, _room.Service.Submits);
        await RunAsync(more: "success: response.objective < 5");
        Assert.Equal(7, _room.Service.Submits);
        using var reader = _room.Workspace.OpenReader();
        var run = Run.FromEvents(reader.Events(first.Number, 0));
        Assert.NotNull(run.Extraction);
        Assert.False(reader.Runs(first.Number).First().IsResponseKept);
    }

    [Fact]
    public async Task A_response_that_another_batch_has_too_stays_for_that_one()
    {
        var first = await RunAsync();
        var second = await RunAsync("1, 2");

        var removal = (await Upkeep.RemoveResponsesAsync([first], withUnfinished: false)).Value!;

        Assert.Equal((3L, 2L, 2L), (removal.Responses, removal.SharedResponses, Count("responses")));
        using var reader = _room.Workspace.OpenReader();
        Assert.True(reader.CopyResponse(second.Number, 0, Stream.Null));
        Assert.False(reader.CopyResponse(first.Number, 0, Stream.Null));
        Assert.Equal(0, reader.Sizes()[first.Number].Responses);
    }

    [Fact]
    public async Task An_unfinished_batch_is_removed_only_where_that_is_wanted()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        var batch = await _room.InterruptAsync(_room.Scenario());
        var task = Assert.Single(Tasks(batch));

        Assert.IsType<BatchProblem.Unfinished>((await Upkeep.RemoveAsync([batch], withUnfinished: false)).Problem);
        var removal = (await Upkeep.RemoveAsync([batch], withUnfinished: true)).Value!;

        Assert.Equal(1, removal.TasksAtService);
        using var tasks = _room.Workspace.OpenTaskIndex(1);
        Assert.True(tasks.Knows(task));
    }

    [Fact]
    public async Task Nothing_is_removed_while_a_batch_of_the_workspace_is_driven()
    {
        var first = await RunAsync();
        using var runner = _room.Runner();
        var driven = await runner.OpenAsync(_room.Scenario("7"), TestRoom.Run);

        var problem = (await Upkeep.RemoveAsync([first], withUnfinished: false)).Problem;

        Assert.Equal(driven.Value!.Batch.Id, Assert.IsType<BatchProblem.WorkspaceBusy>(problem).Batch);
    }

    [Fact]
    public async Task A_list_of_batches_has_the_bytes_that_each_one_wrote_itself()
    {
        var first = await RunAsync();
        var second = await RunAsync("1, 2, 3, 4");

        using var reader = _room.Workspace.OpenReader();
        var sizes = reader.Sizes();

        var bytes = """{"objective":1}""".Length;
        Assert.Equal((3 * bytes, bytes), (sizes[first.Number].Responses, sizes[second.Number].Responses));
        Assert.True(sizes[first.Number].Events > 3 * 1000);
    }

    public void Dispose() => _room.Dispose();

    private async Task<BatchRecord> RunAsync(string numbers = "1, 2, 3", string more = "") =>
        (await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(numbers, more), TestRoom.Run))).Batch;

    private List<TaskId> Tasks(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        return [.. reader.Runs(batch.Number).Select(run => run.TaskId).OfType<TaskId>()];
    }

    /// <summary>Every table that has rows of batches, those of later versions of the schema too.</summary>
    private List<string> TablesOfBatches()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' AND c.name = 'batch'";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        Assert.Contains("runs", names);
        return names;
    }

    private SqliteConnection Connect()
    {
        var file = Path.Combine(_room.Workspace.Folder, "batches.db");
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private long Count(string table) => Scalar($"SELECT count(*) FROM {table}");

    private long Violations() => Scalar("SELECT count(*) FROM pragma_foreign_key_check");

    private long Scalar(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only this class's own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
