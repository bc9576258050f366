using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Upkeep;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using Npgsql;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>Batches are removed while nodes drive others.</summary>
[NeedsPostgreSql]
public sealed class RemovalTests : PostgreSqlTest
{
    private BatchRemoval Removal => new(Adapter.Workspace, TimeProvider.System);

    [SuiteFact]
    public async Task Beside_a_batch_that_is_driven_another_one_is_removed_and_that_one_is_not()
    {
        var old = await FinishedAsync();
        var driven = await OpenAsync("b");
        using var claim = Adapter.Drive(driven);

        var removed = (await Removal.RemoveAsync([old], withUnfinished: false)).Value!;
        var problem = (await Removal.RemoveAsync([driven], withUnfinished: true)).Problem;

        Assert.True(removed.FreedBytes > 0);
        Assert.Null(Adapter.Reader.Find(old.Id.Value));
        Assert.DoesNotContain(old.Number, Adapter.Reader.Sizes().Keys);
        Assert.Equal(driven.Id, Assert.IsType<BatchProblem.DrivenElsewhere>(problem).Batch);
    }

    [SuiteFact]
    public async Task A_driver_whose_batch_is_removed_writes_nothing_more()
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 0, "the response");
        Adapter.Workspace.OpenUpkeep().Remove(batch.Number, At);

        var outcome = await Writer.AppendAsync([.. Entries(batch, 1, new SubmitIntended(1, At))]);

        Assert.Equal([AppendOutcome.Fenced], outcome);
        Adapter.Execute("DO $$ BEGIN ASSERT (SELECT count(*) = 0 FROM runs WHERE run = 1); END $$");
    }

    [SuiteFact]
    public async Task A_response_that_a_run_on_its_way_copies_stays()
    {
        var old = await FinishedAsync();
        var driven = await OpenAsync("b");
        await using var other = new NpgsqlConnection(Adapter.ConnectionBy(PostgreSqlServer.Shared.Port));
        await other.OpenAsync();
        await using var copies = new NpgsqlCommand(
            $"""
            BEGIN;
            SELECT id FROM responses FOR KEY SHARE;
            INSERT INTO runs (batch, run, name, parameters, phase, attempts, started_at, response)
            SELECT {driven.Number}, run, name, parameters, phase, 0, started_at, response FROM runs WHERE batch = {old.Number}
            """,
            other
        );
        await copies.ExecuteNonQueryAsync();

        var removing = System.Threading.Tasks.Task.Run(() => Removal.RemoveAsync([old], withUnfinished: false));
        await UntilOneWaitsAsync(removing);
        await using var commit = new NpgsqlCommand("COMMIT", other);
        await commit.ExecuteNonQueryAsync();
        Assert.True((await removing).IsSuccess);

        Assert.Null(Adapter.Reader.Find(old.Id.Value));
        Assert.True(Adapter.Reader.CopyResponse(driven.Number, 0, Stream.Null));
    }

    [SuiteFact]
    public async Task What_a_crash_left_of_a_removed_batch_the_next_removal_takes()
    {
        var (half, old) = (await FinishedAsync(), await FinishedAsync("b"));
        Adapter.Execute(
            $"DELETE FROM attachments WHERE batch = {half.Number}; DELETE FROM drives WHERE batch = {half.Number}; DELETE FROM batches WHERE number = {half.Number}"
        );

        await Removal.RemoveAsync([old], withUnfinished: false);

        Assert.Empty(Adapter.Workspace.Claims());
        Adapter.Execute(
            "DO $$ BEGIN ASSERT (SELECT count(*) = 0 FROM steps) AND (SELECT count(*) = 0 FROM runs) AND (SELECT count(*) = 0 FROM responses) AND (SELECT count(*) = 0 FROM sizes); END $$"
        );
    }

    private async Task<BatchRecord> FinishedAsync(string scenario = "a")
    {
        var batch = await OpenAsync(scenario);
        await CompleteAsync(batch, 0, "the response");
        Adapter.Execute($"UPDATE batches SET ended_how = 'all-runs-ended' WHERE number = {batch.Number}");
        return Adapter.Reader.Find(batch.Id.Value)!;
    }

    private async Task UntilOneWaitsAsync(Task<Result<Removal>> removing)
    {
        await using var watcher = new NpgsqlConnection(Adapter.ConnectionBy(PostgreSqlServer.Shared.Port));
        await watcher.OpenAsync();
        await using var waits = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM responses WHERE id IN%'",
            watcher
        );
        while (!removing.IsCompleted && await waits.ExecuteScalarAsync() is not 1L)
        {
            await System.Threading.Tasks.Task.Yield();
        }

        Assert.False(removing.IsCompleted);
    }
}
