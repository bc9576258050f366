using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Server.Fleet;

[SuppressMessage("Design", "CA1001", Justification = "The test framework awaits DisposeAsync.")]
public sealed class CancellationsTests : IAsyncLifetime
{
    private readonly ServerRoom _room = new();

    public Task InitializeAsync() => _room.InitializeAsync();

    /// <summary>The answer 202 is a promise: the process may end right after it.</summary>
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 3)]
    public async Task A_cancel_that_a_server_was_asked_for_and_did_not_begin_is_the_next_ones_to_do(
        bool keepRunning,
        int unfinished
    )
    {
        using (var taken = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(3600)))
        {
            taken.EnsureSuccessStatusCode();
        }

        await ServerRoom.EventsAsync(_room.Client, "nap-1").FirstAsync(item => ServerRoom.UnderWay(item.Data) == 3);
        await _room.StopAsync();
        await new BatchCancellation(_room.Workspace, TimeProvider.System).AskAsync(Batch(), keepRunning, "anna");

        await _room.StartAsync();
        await ServerRoom.EventsAsync(_room.Client, "nap-1").LastAsync().AsTask().WaitAsync(Waiting.Patience);

        Assert.Equal("cancelled", (string?)(await _room.GetAsync("/api/batches/nap-1"))["state"]);
        Assert.Equal(3, _room.Service.Traffic.Taken.Count);
        Assert.Equal(unfinished, _room.Service.Traffic.Unfinished);
    }

    [Fact]
    public async Task A_batch_whose_settings_cannot_be_read_keeps_no_other_one_waiting()
    {
        foreach (var seconds in new[] { 3600, 3601 })
        {
            using var taken = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(seconds));
            taken.EnsureSuccessStatusCode();
        }

        await ServerRoom.EventsAsync(_room.Client, "nap-1").FirstAsync(item => ServerRoom.UnderWay(item.Data) == 3);
        await _room.StopAsync();
        Execute(
            "INSERT INTO controls (batch, step, at, name, value, author) VALUES (1, 1, 'noon', 'paused', 'true', '')"
        );

        await _room.StartAsync();
        await _room.ReadyAsync();

        Assert.Equal("nap-2", Assert.Single(_room.Server.Part<BatchFleet>().Host.Driven).Batch.Id.Value);
    }

    public Task DisposeAsync() => _room.DisposeAsync();

    private void Execute(string sql)
    {
        var file = Path.Combine(_room.Workspace.Folder, "batches.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private BatchRecord Batch()
    {
        using var reader = _room.Workspace.OpenReader();
        return reader.Find("nap-1")!;
    }
}
