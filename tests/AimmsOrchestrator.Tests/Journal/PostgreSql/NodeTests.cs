using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>Who drives a batch while nodes come, stand still and go.</summary>
[NeedsPostgreSql]
public sealed class NodeTests : PostgreSqlTest
{
    [SuiteFact]
    public async Task A_batch_is_taken_from_a_node_only_once_that_gives_no_sign_of_life()
    {
        var batch = await OpenAsync();
        Adapter.Execute(
            """
            INSERT INTO nodes (node, description, version, joined, seen) VALUES ('other', 'process 1', '', now(), now() + interval '1 h');
            UPDATE batches SET node = 'other', epoch = 7
            """
        );
        Assert.Null(Adapter.Workspace.TryClaim(batch, TimeProvider.System));
        Assert.Equal("process 1", Adapter.Workspace.HolderOf(batch.Id)!.ToString());

        Adapter.Execute("UPDATE nodes SET seen = now() - interval '3.1 s' WHERE node = 'other'");

        Assert.Null(Adapter.Workspace.HolderOf(batch.Id));
        using var claim = Adapter.Workspace.TryClaim(batch, TimeProvider.System);
        Assert.Equal(8, claim!.Epoch);
    }

    [SuiteFact]
    public async Task A_driver_whose_batch_another_node_has_taken_may_send_nothing_more()
    {
        var batch = await OpenAsync();
        using var claim = Adapter.Workspace.TryClaim(batch, TimeProvider.System)!;
        await Waiting.UntilAsync(() => claim.MaySend);
        var before = claim.Epoch;

        Adapter.Execute("UPDATE batches SET epoch = epoch + 1, node = 'other'");
        await Waiting.UntilAsync(() => !claim.MaySend);

        // To give it up takes nothing from the other one.
        claim.Dispose();
        Adapter.Execute($"DO $$ BEGIN ASSERT (SELECT node = 'other' AND epoch = {before + 1} FROM batches); END $$");
    }

    [SuiteFact]
    public async Task A_lease_is_renewed_and_a_request_to_leave_is_learned_with_the_signs_of_life()
    {
        var batch = await OpenAsync();
        using var claim = Adapter.Workspace.TryClaim(batch, TimeProvider.System)!;

        Adapter.Workspace.AskToLeave(batch.Id);
        await Waiting.UntilAsync(() => claim.IsAskedToLeave);

        await Waiting.UntilAsync(() => claim.MaySend);
    }

    [SuiteFact]
    public async Task A_batch_that_is_to_be_cancelled_is_no_nodes_to_drive()
    {
        var batch = await OpenAsync();
        var left = Adapter.Workspace.LeftBatches;
        Assert.Equal(batch.Number, Assert.Single(await left.ReadAsync(default)).Number);

        // A node and a person read the same out of any order of settings.
        ControlSetting[] settings =
        [
            ControlLog.Pausing(isPaused: true, At, "a"),
            ControlLog.Cancelling(keepRunning: true, At, "a"),
            new("cancel", "taken-back 2", At, "a"),
            ControlLog.Cancelling(keepRunning: false, At, "a"),
            ControlLog.Cancelling(keepRunning: true, At, "a"),
            new("cancel", "taken-back 4", At, "a"),
            new("cancel", "taken-back 5", At, "a"),
        ];
        foreach (var setting in settings)
        {
            await SetAsync(setting);
            var isToBeCancelled = Adapter.Reader.Controls(batch.Number).Cancel is not null;
            Assert.Equal(isToBeCancelled, (await left.ReadAsync(default)).Count == 0);
        }

        async ValueTask SetAsync(ControlSetting setting) =>
            await Writer.AppendAsync([new ControlsSet(batch.Number, [setting])]);
    }

    [SuiteFact]
    public async Task What_several_processes_set_at_the_same_moment_is_all_kept()
    {
        var batch = await OpenAsync();

        await Parallel.ForAsync(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, SetAsync);

        Assert.Equal(
            Enumerable.Range(0, 80),
            Adapter
                .Reader.Controls(batch.Number)
                .Settings.Select(set => int.Parse(set.Value, CultureInfo.InvariantCulture))
                .Order()
        );

        async ValueTask SetAsync(int process, CancellationToken _)
        {
            using var writer = Adapter.Workspace.OpenWriter();
            for (var i = 0; i < 10; i++)
            {
                var value = ((10 * process) + i).ToString(CultureInfo.InvariantCulture);
                await writer.AppendAsync([
                    new ControlsSet(batch.Number, [new ControlSetting("limits.concurrency", value, At, "a")]),
                ]);
            }
        }
    }

    [SuiteFact]
    public async Task A_batch_that_is_a_nodes_own_without_its_knowledge_becomes_free()
    {
        var batch = await OpenAsync();
        using (Adapter.Workspace.TryClaim(batch, TimeProvider.System))
        {
            // As if the answer to a take-over had been lost.
            Adapter.Execute("CREATE TABLE kept AS SELECT node FROM batches");
        }

        // On a slow machine it may be free again before it is looked at: then once more.
        await Waiting.UntilAsync(() =>
        {
            Adapter.Execute("UPDATE batches SET epoch = epoch + 1, node = (SELECT node FROM kept)");
            return Adapter.Workspace.HolderOf(batch.Id) is not null;
        });

        await Waiting.UntilAsync(() => Adapter.Workspace.HolderOf(batch.Id) is null);

        using var claim = ((IWorkspaceAdapter)Adapter).Other.TryClaim(batch, TimeProvider.System);
        Assert.NotNull(claim);
    }

    [SuiteFact]
    public async Task A_node_that_stands_still_keeps_its_slots_until_its_batch_is_over_or_taken()
    {
        var (left, mine) = (await OpenAtAsync(), await OpenAtAsync());
        await AppendAsync(left, 0, new SubmitIntended(1, At), new Submitted(1, Task, At));
        using var book = Adapter.OpenServiceBook();
        var slot = Assert.Single(book.Left(mine.Number));
        Adapter.Execute(
            $"""
            INSERT INTO nodes (node, description, version, joined, seen) VALUES ('other', 'process 1', '', now(), now() - interval '1 h');
            UPDATE batches SET node = 'other' WHERE number = {left.Number}
            """
        );

        // It may thaw, and give the slot back itself.
        Assert.Empty(book.Left(mine.Number));
        Assert.False(book.Free(slot));

        Adapter.Execute($"UPDATE batches SET ended_how = 'stop-rule' WHERE number = {left.Number}");
        Assert.Single(book.Left(mine.Number));
        Assert.True(book.Free(slot));
        Assert.Equal(default, book.UseOf(mine.Number, At));
    }

    [SuiteFact]
    public async Task Connections_that_are_lost_are_one_warning_and_a_line_once_signs_of_life_are_given_again()
    {
        using var log = new LogLines();
        await using var node = Adapter.Open(log: log);
        node.Join();

        Adapter.Execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """
        );
        await Waiting.UntilAsync(() => log.All.Any(line => line.StartsWith("Information ", StringComparison.Ordinal)));

        Assert.Single(log.All, line => line.StartsWith("Warning ", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    private async Task<BatchRecord> OpenAtAsync() =>
        await Writer.OpenBatchAsync(SomeBatch("a") with { ServiceAddress = "http://acme" });
}
