using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>A database that a newer program has had before.</summary>
[NeedsPostgreSql]
public sealed class SchemaVersionTests : PostgreSqlTest
{
    [SuiteFact]
    public async Task A_newer_database_that_this_program_may_use_is_used_and_stays_newer()
    {
        Adapter.Execute("UPDATE aimms_batch SET version = 1000; ALTER TABLE batches ADD COLUMN newer text");

        await using var workspace = Adapter.Open();
        using var writer = workspace.OpenWriter();
        await writer.OpenBatchAsync(SomeBatch("a"));

        Assert.Single(Adapter.Reader.Batches());
    }

    [SuiteFact]
    public async Task A_newer_node_adds_a_column_while_this_one_reads()
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 0, "the response");

        // A statement is prepared by its second use.
        for (var i = 0; i < 5; i++)
        {
            Assert.Single(Adapter.Reader.Batches());
            Assert.Single(Adapter.Reader.Runs(batch.Number));
        }

        Adapter.Execute("ALTER TABLE batches ADD COLUMN newer text; ALTER TABLE runs ADD COLUMN newer text");

        Assert.Single(Adapter.Reader.Batches());
        Assert.Single(Adapter.Reader.Runs(batch.Number));
        using var claim = Adapter.Workspace.TryClaim(batch, TimeProvider.System);
        Assert.NotNull(claim);
    }

    [SuiteFact]
    public void A_database_that_is_too_new_is_refused_with_a_line()
    {
        Adapter.Execute("UPDATE aimms_batch SET version = 1000, oldest_program = 1000");

        var error = Assert.Throws<JournalException>(() => Adapter.Open());

        Assert.Contains("has schema 1000 and this program knows", error.Message, StringComparison.Ordinal);
        Assert.Contains("update this one", error.Message, StringComparison.Ordinal);
    }
}
