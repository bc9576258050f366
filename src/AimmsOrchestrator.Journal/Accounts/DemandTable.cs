using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Text;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Accounts;

/// <summary>What batches demand of their accounts. It is written often and worth nothing after a power cut.</summary>
internal sealed class DemandTable : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Database _database;
    private readonly Statement _write;
    private readonly Statement _remove;

    /// <param name="connection">Open for writing; closed with the table.</param>
    /// <param name="file">The database's file.</param>
    public DemandTable(SqliteConnection connection, string file)
    {
        // In WAL mode a commit costs no flush of the disk then; the next commit of the journal flushes it too.
        connection.Execute("PRAGMA synchronous = NORMAL");
        _connection = connection;
        _database = new Database(connection, file);
        _write = new Statement(
            connection,
            """
            INSERT INTO demands (batch, account, at, demand) VALUES ($1, $2, $3, $4)
            ON CONFLICT (batch) DO UPDATE SET account = excluded.account, at = excluded.at, demand = excluded.demand
            """
        );
        _remove = new Statement(connection, "DELETE FROM demands WHERE batch = $1");
    }

    public IReadOnlyList<Demand> Exchange(Demand own, DateTimeOffset now)
    {
        // The hours of submits are the batch's own business, and a limit as it stands.
        var told = own with
        {
            Limits = own.Limits with { Window = null },
        };
        _database.Guard(() =>
        {
            _write.Run(own.Batch, own.Account, Timestamps.ToText(now), JournalJson.Text(told));
            return true;
        });
        return _database.All(
            "SELECT batch, demand FROM demands WHERE account = $1 AND batch <> $2 AND at > $3",
            row => JournalJson.DemandOf(row.Text("demand")),
            own.Account,
            own.Batch,
            Timestamps.ToText(now - Demand.Lifetime)
        );
    }

    public void Withdraw(long batch) =>
        _database.Guard(() =>
        {
            _remove.Run(batch);
            return true;
        });

    public void Dispose()
    {
        _write.Dispose();
        _remove.Dispose();
        _connection.Dispose();
    }
}
