using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Schema;

/// <summary>
/// The database's shape, made by numbered scripts, each of which stays as it was once it has been released. A number is the one of
/// SQLite's script that does the same; the first one here does what all of those before it did.
/// </summary>
internal static class Migrations
{
    /// <summary>
    /// The scripts, each with the oldest program that can use a database that has had it. A script that only adds what older
    /// programs do not look at names theirs: while the nodes of a cluster are exchanged, old ones start beside it.
    /// </summary>
    private static readonly (long Version, long OldestProgram, string Script)[] Scripts =
    [
        (19, 19, "0019-journal.sql"),
    ];

    /// <summary>The version that this program reads and writes.</summary>
    public static long Latest => Scripts[^1].Version;

    /// <summary>
    /// Brings a database that is empty or ours to the latest version, whole or not at all, one process at a time. One that is
    /// newer is fine as long as it says that this version may use it: so the nodes of a cluster are exchanged one by one.
    /// </summary>
    /// <exception cref="JournalException">It is not ours, or too new for this program.</exception>
    public static void Apply(NpgsqlDataSource source)
    {
        var name = PostgreSqlErrors.NameOf(source.ConnectionString);
        PostgreSqlErrors.Guard(
            source,
            () =>
            {
                using var connection = source.OpenPatiently();
                if (SchemaVersion.Of(connection, name, Latest) >= Latest)
                {
                    return true;
                }

                using var transaction = connection.BeginTransaction();
                Execute(
                    connection,
                    "SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '1min'"
                );
                Execute(connection, "SELECT pg_advisory_xact_lock(1095323970, 0)");

                // Read again under the lock: another process may have been here in between.
                var version = SchemaVersion.Of(connection, name, Latest);
                if (version == 0)
                {
                    Execute(
                        connection,
                        "CREATE TABLE aimms_batch (version bigint NOT NULL, oldest_program bigint NOT NULL); INSERT INTO aimms_batch VALUES (0, 0)"
                    );
                }

                foreach (var (number, oldest, script) in Scripts.Where(script => script.Version > version))
                {
                    Execute(connection, ScriptOf(script));
                    Execute(
                        connection,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"UPDATE aimms_batch SET version = {number}, oldest_program = {oldest}"
                        )
                    );
                }

                transaction.Commit();
                return true;
            }
        );
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string ScriptOf(string name)
    {
        using var stream =
            typeof(Migrations).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no script {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
