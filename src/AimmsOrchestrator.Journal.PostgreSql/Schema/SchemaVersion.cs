using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Schema;

/// <summary>Which scripts a database has had.</summary>
internal static class SchemaVersion
{
    /// <summary>The version of a database; 0 where it is empty.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="name">What it is called, for people.</param>
    /// <param name="latest">The version that this program reads and writes.</param>
    /// <exception cref="JournalException">It is another program's, or too new for this one.</exception>
    public static long Of(NpgsqlConnection connection, string name, long latest)
    {
        const string Tables = """
            SELECT to_regclass('aimms_batch') IS NOT NULL, EXISTS (
                SELECT 1 FROM pg_catalog.pg_class AS c
                WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace)
            """;
        using (var tables = new NpgsqlCommand(Tables, connection))
        using (var row = tables.ExecuteReader())
        {
            row.Read();
            if (!row.GetBoolean(0))
            {
                return row.GetBoolean(1)
                    ? throw new JournalException(
                        $"{name} has tables of another program: create a database for aimms-batch alone"
                    )
                    : 0;
            }
        }

        using var query = new NpgsqlCommand("SELECT version, oldest_program FROM aimms_batch", connection);
        using var versions = query.ExecuteReader();
        versions.Read();
        var (version, oldest) = (versions.GetInt64(0), versions.GetInt64(1));
        return oldest <= latest
            ? version
            : throw new JournalException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} has schema {version} and this program knows {latest}: it was written by a newer aimms-batch; update this one"
                )
            );
    }
}
