using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Cluster;
using AimmsOrchestrator.Tests.Domain.Cluster.Suites;
using AimmsOrchestrator.Tests.Journal.PostgreSql;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Domain.Cluster;

[NeedsPostgreSql]
public sealed class PostgreSqlLeftBatchesTests() : LeftBatchesSuite(new PostgreSqlLeftBatches());

public sealed class FakeNodeLeftBatchesTests() : LeftBatchesSuite(new FakeLeftBatches());

/// <summary>As a node reads them in PostgreSQL, with a second node at the same database.</summary>
internal sealed class PostgreSqlLeftBatches : ILeftBatchesAdapter
{
    private readonly PostgreSqlAdapter _adapter = new();
    private readonly Dictionary<long, IBatchClaim> _claims = [];

    public ILeftBatches Left => _adapter.Workspace.LeftBatches;

    public async Task<long> OpenAsync() => (await _adapter.Writer.OpenBatchAsync(JournalSuite.SomeBatch("a"))).Number;

    public void Drive(long batch)
    {
        var record = _adapter.Reader.Batches().Single(record => record.Number == batch);
        _claims[batch] = _adapter.Other.TryClaim(record, TimeProvider.System)!;
    }

    public void GiveUp(long batch) => _claims[batch].Dispose();

    public void LoseDriver() =>
        _adapter.Execute(
            """
            INSERT INTO nodes (node, description, version, joined, seen) VALUES ('lost', 'process 1', '', now(), now() - interval '3.1 s');
            UPDATE batches SET node = 'lost' WHERE node IS NOT NULL
            """
        );

    public async Task CloseAsync()
    {
        foreach (var claim in _claims.Values)
        {
            claim.Dispose();
        }

        await _adapter.CloseAsync();
    }
}

/// <summary>As the nodes of the cluster's tests read them.</summary>
internal sealed class FakeLeftBatches : ILeftBatchesAdapter
{
    private const string Other = "b";

    private readonly SharedDatabase _database = new(lifetime: TimeSpan.Zero);
    private long _batches;

    public ILeftBatches Left => new FakeNode("a", _database);

    public Task<long> OpenAsync()
    {
        _database.Add(++_batches);
        return Task.FromResult(_batches);
    }

    public void Drive(long batch) => Assert.NotNull(_database.TryTake(batch, Other));

    public void GiveUp(long batch) => _database.GiveUp(batch, Other);

    public void LoseDriver() => _database.Kill(Other);

    public Task CloseAsync() => Task.CompletedTask;
}
