using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Journal.Sql;
using AimmsOrchestrator.Journal.Text;

namespace AimmsOrchestrator.Journal.Accounts;

/// <summary>What batches demand of their accounts. It is written often and worth nothing after a power cut.</summary>
internal sealed class DemandTable : IDisposable
{
    private readonly Database _database;
    private readonly Statement _write;
    private readonly Statement _remove;

    /// <param name="database">For writing, best without waiting for the disk; closed with the table.</param>
    public DemandTable(Database database)
    {
        _database = database;
        _write = database.Prepare(
            """
            INSERT INTO demands (batch, account, at, demand) VALUES ($1, $2, $3, $4)
            ON CONFLICT (batch) DO UPDATE SET account = excluded.account, at = excluded.at, demand = excluded.demand
            """
        );
        _remove = database.Prepare("DELETE FROM demands WHERE batch = $1");
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
        _database.Dispose();
    }
}
