using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Tests.Cluster;
using AimmsOrchestrator.Tests.Domain.Cluster.Suites;
using AimmsOrchestrator.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Domain.Cluster;

public sealed class FleetDriverTests() : BatchDriverSuite(new FleetAdapter());

public sealed class FakeNodeDriverTests() : BatchDriverSuite(new FakeNodeAdapter());

/// <summary>A server's fleet. Its clock stands still, so that it takes up nothing by itself: in a cluster the cluster decides that.</summary>
internal sealed class FleetAdapter : IBatchDriverAdapter
{
    private readonly ServerRoom _room = new()
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero)),
    };

    public IBatchDriver Driver => _room.Server.Part<IBatchDriver>();

    public async Task InitializeAsync()
    {
        await _room.InitializeAsync();
        await _room.ReadyAsync();
    }

    public async Task<LeftBatch> LeaveBehindAsync()
    {
        using var opened = await ServerRoom.PostAsync(_room.Client, ServerRoom.Nap(600));
        opened.EnsureSuccessStatusCode();
        var driven = Assert.Single(_room.Server.Part<BatchFleet>().Host.Driven);
        await Driver.LeaveAsync(driven.Batch.Number);
        return new LeftBatch(driven.Batch.Number, driven.Epoch, IsGivenUp: true);
    }

    public IDisposable DriveElsewhere(LeftBatch batch)
    {
        var workspace = _room.Workspace;
        using var reader = workspace.OpenReader();
        var record = reader.Batches().Single(record => record.Number == batch.Number);
        return workspace.TryClaim(record, TimeProvider.System)!;
    }

    public Task DisposeAsync() => _room.DisposeAsync();
}

/// <summary>A node of the cluster's tests.</summary>
internal sealed class FakeNodeAdapter : IBatchDriverAdapter
{
    private readonly SharedDatabase _database = new();
    private readonly FakeNode _node;
    private readonly FakeNode _other;

    public FakeNodeAdapter() => (_node, _other) = (new FakeNode("a", _database), new FakeNode("b", _database));

    public IBatchDriver Driver => _node;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task<LeftBatch> LeaveBehindAsync()
    {
        _database.Add(1);
        return Task.FromResult(_database.Left().Single());
    }

    public IDisposable DriveElsewhere(LeftBatch batch)
    {
        Assert.NotNull(_database.TryTake(batch.Number, _other.Name));
        return new Driven(() => _database.GiveUp(batch.Number, _other.Name));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private sealed class Driven(Action giveUp) : IDisposable
    {
        public void Dispose() => giveUp();
    }
}
