using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.Writing;

/// <summary>What an account has in use, counted from its runs.</summary>
internal static class AccountRows
{
    /// <summary>The service of the account <c>$1</c> asked for a pause until <c>$2</c>.</summary>
    public const string Pause =
        "UPDATE accounts SET paused_until = CASE WHEN paused_until > $2 THEN paused_until ELSE $2 END WHERE name = $1";

    /// <summary>Counts all accounts anew.</summary>
    public static string CountAll(Dialect dialect) =>
        $"""
            UPDATE accounts SET (held, open, doubt) = (
                SELECT count(*), count(*) FILTER (WHERE r.phase <> 'at-service'), count(*) FILTER (WHERE r.phase = 'unconfirmed')
                FROM batches AS b JOIN runs AS r {dialect.IndexedBy("runs_holding")} ON r.batch = b.number
                WHERE r.phase IN ('submitting', 'unconfirmed', 'at-service') AND r.released = 0 AND b.account = accounts.name)
            """;

    /// <summary>Counts the account of the batch <c>$1</c> anew.</summary>
    public static string Count(Dialect dialect) =>
        $"{CountAll(dialect)} WHERE name = (SELECT account FROM batches WHERE number = $1)";
}
