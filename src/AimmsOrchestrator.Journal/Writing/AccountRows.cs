using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>
/// What an account has in use, counted from its runs. Its row is locked first, by a statement of its own: the count sees what was
/// committed until then, and whatever is committed after it adds to it.
/// </summary>
internal static class AccountRows
{
    /// <summary>The service of the account <c>$1</c> asked for a pause until <c>$2</c>.</summary>
    public const string Pause =
        "UPDATE accounts SET paused_until = CASE WHEN paused_until > $2 THEN paused_until ELSE $2 END WHERE name = $1";

    private const string OfBatch = "WHERE name = (SELECT account FROM batches WHERE number = $1)";

    /// <summary>Counts all accounts anew; in a transaction.</summary>
    public static void CountAll(Database database)
    {
        database.Number(
            $"SELECT count(*) FROM (SELECT 1 FROM accounts ORDER BY name {database.Dialect.ForUpdate}) AS locked"
        );
        database.Execute(CountSql(database.Dialect));
    }

    /// <summary>Counts the account of a batch anew; in a transaction.</summary>
    public static void Count(Database database, long batch)
    {
        database.Number($"SELECT 1 FROM accounts {OfBatch} {database.Dialect.ForUpdate}", batch);
        database.Execute($"{CountSql(database.Dialect)} {OfBatch}", batch);
    }

    /// <summary>
    /// A batch is claimed: its runs hold their slots again, also those that were freed while it was left. Each event of theirs gives its
    /// slot back from now on; in a transaction.
    /// </summary>
    public static void TakeBack(Database database, long batch)
    {
        database.Execute(RunRow.TakeBack, batch);
        Count(database, batch);
    }

    private static string CountSql(Dialect dialect) =>
        $"""
            UPDATE accounts SET (held, open, doubt) = (
                SELECT count(*), count(*) FILTER (WHERE r.phase <> 'at-service'), count(*) FILTER (WHERE r.phase = 'unconfirmed')
                FROM batches AS b JOIN runs AS r {dialect.IndexedBy("runs_under_way")} ON r.batch = b.number
                WHERE {RunConditions.Holding} AND r.released = 0 AND b.account = accounts.name)
            """;
}
