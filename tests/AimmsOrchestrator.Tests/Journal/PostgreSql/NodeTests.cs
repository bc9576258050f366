using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>Who drives a batch while nodes come, stand still and go.</summary>
[NeedsPostgreSql]
public sealed class NodeTests : JournalSuite
{
    private readonly PostgreSqlAdapter _adapter;

    public NodeTests()
        : this(new PostgreSqlAdapter()) { }

    private NodeTests(PostgreSqlAdapter adapter)
        : base(adapter) => _adapter = adapter;

    [SuiteFact]
    public async Task A_batch_is_taken_from_a_node_only_once_that_gives_no_sign_of_life()
    {
        var batch = await OpenAsync();
        _adapter.Execute(
            """
            INSERT INTO nodes (node, description, version, joined, seen) VALUES ('other', 'process 1', '', now(), now());
            UPDATE batches SET node = 'other', epoch = 7
            """
        );
        Assert.Null(_adapter.Workspace.TryClaim(batch, TimeProvider.System));
        Assert.Equal("process 1", _adapter.Workspace.HolderOf(batch.Id)!.ToString());

        _adapter.Execute("UPDATE nodes SET seen = now() - interval '3.1 s' WHERE node = 'other'");

        Assert.Null(_adapter.Workspace.HolderOf(batch.Id));
        using var claim = _adapter.Workspace.TryClaim(batch, TimeProvider.System);
        Assert.Equal(8, claim!.Epoch);
    }

    [SuiteFact]
    public async Task A_driver_whose_batch_another_node_has_taken_may_send_nothing_more()
    {
        var batch = await OpenAsync();
        using var claim = _adapter.Workspace.TryClaim(batch, TimeProvider.System)!;
        Assert.True(claim.MaySend);
        var before = claim.Epoch;

        _adapter.Execute("UPDATE batches SET epoch = epoch + 1, node = 'other'");
        await UntilAsync(() => !claim.MaySend);

        // To give it up takes nothing from the other one.
        claim.Dispose();
        _adapter.Execute($"DO $$ BEGIN ASSERT (SELECT node = 'other' AND epoch = {before + 1} FROM batches); END $$");
    }

    [SuiteFact]
    public async Task A_lease_is_renewed_and_a_request_to_leave_is_learned_with_the_signs_of_life()
    {
        var batch = await OpenAsync();
        using var claim = _adapter.Workspace.TryClaim(batch, TimeProvider.System)!;

        _adapter.Workspace.AskToLeave(batch.Id);
        await UntilAsync(() => claim.IsAskedToLeave);

        Assert.True(claim.MaySend);
    }

    [SuiteFact]
    public async Task A_batch_that_is_a_nodes_own_without_its_knowledge_becomes_free()
    {
        var batch = await OpenAsync();
        using (_adapter.Workspace.TryClaim(batch, TimeProvider.System))
        {
            // As if the answer to a take-over had been lost.
            _adapter.Execute("CREATE TABLE kept AS SELECT node FROM batches");
        }

        _adapter.Execute("UPDATE batches SET epoch = epoch + 1, node = (SELECT node FROM kept)");
        Assert.NotNull(_adapter.Workspace.HolderOf(batch.Id));

        await UntilAsync(() => _adapter.Workspace.HolderOf(batch.Id) is null);

        using var claim = ((IWorkspaceAdapter)_adapter).Other.TryClaim(batch, TimeProvider.System);
        Assert.NotNull(claim);
    }

    [SuiteFact]
    public async Task A_node_that_stands_still_keeps_its_slots_until_its_batch_is_over_or_taken()
    {
        var (left, mine) = (await OpenAtAsync(), await OpenAtAsync());
        await AppendAsync(left, 0, new SubmitIntended(1, At), new Submitted(1, Task, At));
        using var book = _adapter.OpenServiceBook();
        var slot = Assert.Single(book.Left(mine.Number));
        _adapter.Execute(
            $"""
            INSERT INTO nodes (node, description, version, joined, seen) VALUES ('other', 'process 1', '', now(), now() - interval '1 h');
            UPDATE batches SET node = 'other' WHERE number = {left.Number}
            """
        );

        // It may thaw, and give the slot back itself.
        Assert.Empty(book.Left(mine.Number));
        Assert.False(book.Free(slot));

        _adapter.Execute($"UPDATE batches SET ended_how = 'stop-rule' WHERE number = {left.Number}");
        Assert.Single(book.Left(mine.Number));
        Assert.True(book.Free(slot));
        Assert.Equal(default, book.UseOf(mine.Number, At));
    }

    private async Task<BatchRecord> OpenAtAsync() =>
        await Writer.OpenBatchAsync(SomeBatch("a") with { ServiceAddress = "http://acme" });

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
