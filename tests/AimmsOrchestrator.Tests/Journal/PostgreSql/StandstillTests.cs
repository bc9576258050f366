using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>A process that stands still inside a transaction, until the server ends it.</summary>
[NeedsPostgreSql]
public sealed class StandstillTests : PostgreSqlTest
{
    [SuiteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_in_which_the_process_stood_still_is_made_once_more(bool hasStatementLeft)
    {
        var batch = await OpenAsync();
        var database = Adapter.Workspace.OpenDatabase();
        var tries = 0;

        var raised = database.InTransaction(() =>
        {
            tries++;
            var epoch = database.Number(
                "UPDATE batches SET epoch = epoch + 1 WHERE number = $1 RETURNING epoch",
                batch.Number
            );
            if (tries == 1)
            {
                StandStill(database.Number("SELECT pg_backend_pid()"), database);
            }

            return hasStatementLeft
                ? database.Number("SELECT epoch FROM batches WHERE number = $1", batch.Number)
                : epoch;
        });

        Assert.Equal(2, tries);
        Assert.Equal(1, raised);
        Assert.Equal(
            1,
            Adapter.Workspace.OpenDatabase().Number("SELECT epoch FROM batches WHERE number = $1", batch.Number)
        );
    }

    [SuiteFact]
    public async Task A_transaction_whose_connection_was_lost_between_two_statements_is_made_once_more()
    {
        var batch = await OpenAsync();
        var database = Adapter.Workspace.OpenDatabase();
        var tries = 0;

        // Npgsql finds it closed without a word of the server's.
        var raised = database.InTransactionOn(connection =>
        {
            tries++;
            database.Execute("UPDATE batches SET epoch = epoch + 1 WHERE number = $1", batch.Number);
            if (tries == 1)
            {
                connection.Close();
            }

            return database.Number("SELECT epoch FROM batches WHERE number = $1", batch.Number);
        });

        Assert.Equal((2, 1), (tries, raised));
    }

    private void StandStill(long? session, AimmsOrchestrator.Journal.Sql.Database database)
    {
        database.Execute("SET LOCAL idle_in_transaction_session_timeout = 50");
        var others = Adapter.Workspace.OpenDatabase();
        Assert.True(
            Waiting.Until(() => others.Number("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", session) == 0),
            "the server did not end the transaction"
        );
    }
}
