using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using AimmsOrchestrator.Journal.Sql;
using Npgsql;
using NpgsqlTypes;

namespace AimmsOrchestrator.Journal.PostgreSql.Transfer;

/// <summary>A table that was taken over.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many rows it has, in both databases.</param>
/// <param name="ChangedTexts">
/// How many texts hold a character that PostgreSQL has not (0, or half a pair): the picture of it stands in its place there.
/// </param>
public sealed record TransferredTable(string Table, long Rows, long ChangedTexts);

/// <summary>
/// Takes a whole journal from a folder into PostgreSQL, or back, and verifies it: each table is read again where it went, and has the
/// same number of rows with the same digest. All of it or nothing; no batch may be driven, and none is opened meanwhile.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class JournalTransfer(TimeProvider time)
{
    /// <summary>Takes a folder's journal into a database that is empty.</summary>
    /// <exception cref="JournalException">A batch is driven, or the database is not empty; nothing was written.</exception>
    public Task<IReadOnlyList<TransferredTable>> ImportAsync(SqliteWorkspace from, PostgreSqlWorkspace to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return AloneAsync(
            from,
            to,
            () =>
            {
                // For writing: a database of an older version is brought up to date first.
                from.OpenWriter().Dispose();
                using var source = from.OpenForReading();
                return to.OpenDatabase().InTransactionOn(connection => Into(connection, source, to));
            }
        );
    }

    /// <summary>Takes a database's journal into a folder that is empty.</summary>
    /// <exception cref="JournalException">A batch is driven, or the folder is not empty; nothing was written.</exception>
    public Task<IReadOnlyList<TransferredTable>> ExportAsync(PostgreSqlWorkspace from, SqliteWorkspace to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return AloneAsync(
            from,
            to,
            () =>
            {
                using var target = to.OpenDatabase();
                return target.InTransaction(IReadOnlyList<TransferredTable> () =>
                    [.. TableShape.Of(target).Select(table => Into(target, from.OpenDatabase(), table, to.Name))]
                );
            }
        );
    }

    private async Task<IReadOnlyList<TransferredTable>> AloneAsync(
        IWorkspace from,
        IWorkspace to,
        Func<IReadOnlyList<TransferredTable>> transfer
    )
    {
        using var here = await from.EnterIntakeAsync(time).ConfigureAwait(false);
        using var there = await to.EnterIntakeAsync(time).ConfigureAwait(false);
        if (from.Claims() is [var (batch, holder), ..])
        {
            throw new JournalException($"{from.Name}: {batch.Value} is driven by {holder}: stop that first");
        }

        return transfer();
    }

    private static IReadOnlyList<TransferredTable> Into(
        NpgsqlConnection target,
        Database source,
        PostgreSqlWorkspace to
    )
    {
        List<TransferredTable> tables = [];
        var written = new PostgreSqlDatabase(to.Source, target);
        foreach (var table in TableShape.Of(source))
        {
            RefuseRows(written, table, to.Name);
            using var read = new TableDigest();
            var changed = 0L;
            using (var copy = target.BeginBinaryImport(CopyOf(table)))
            {
                foreach (var row in Rows(source, table))
                {
                    changed += row.Count(value => value is string text && Values.Text(text) != text);
                    object?[] clean = [.. row.Select(value => value is string text ? Values.Text(text) : value)];
                    read.Add(clean);
                    copy.StartRow();
                    for (var i = 0; i < clean.Length; i++)
                    {
                        Write(copy, clean[i], TypeOf(table, table.Columns[i]));
                    }
                }

                copy.Complete();
            }

            Verify(read, written, table, to.Name);
            tables.Add(new TransferredTable(table.Name, read.Rows, changed));
        }

        foreach (
            var (table, column) in (ReadOnlySpan<(string, string)>)
                [("responses", "id"), ("audit", "number"), ("schedules", "number")]
        )
        {
            written.Number(
                $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 0) + 1, false) FROM {table}"
            );
        }

        return tables;
    }

    private static TransferredTable Into(Database target, Database source, TableShape table, string name)
    {
        RefuseRows(target, table, name);
        using var read = new TableDigest();
        var places = string.Join(", ", table.Columns.Select((_, i) => FormattableString.Invariant($"${i + 1}")));
        using (
            var insert = target.Prepare(
                $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) VALUES ({places})"
            )
        )
        {
            foreach (var row in Rows(source, table))
            {
                read.Add(row);
                insert.Run(row);
            }
        }

        Verify(read, target, table, name);
        return new TransferredTable(table.Name, read.Rows, ChangedTexts: 0);
    }

    /// <summary>What is there would be mixed up; the keys of sessions alone are made by any server.</summary>
    private static void RefuseRows(Database target, TableShape table, string name)
    {
        if (table.Name == "session_keys")
        {
            target.Execute("DELETE FROM session_keys");
        }
        else if (target.Number($"SELECT 1 FROM {table.Name} LIMIT 1") is not null)
        {
            throw new JournalException(
                $"{name} is not empty (its table {table.Name} has rows), and a journal is taken over whole: name an empty one"
            );
        }
    }

    private static void Verify(TableDigest read, Database written, TableShape table, string name)
    {
        using var again = new TableDigest();
        foreach (var row in Rows(written, table))
        {
            again.Add(row);
        }

        if (again.Rows != read.Rows || again.ToHex() != read.ToHex())
        {
            throw new JournalException(
                FormattableString.Invariant(
                    $"{name}: table {table.Name} has {again.Rows} rows with another content than the {read.Rows} that were written; nothing was kept"
                )
            );
        }
    }

    private static IEnumerable<object?[]> Rows(Database database, TableShape table) =>
        database.Stream(table.Select, row => table.Columns.Select(column => column.Of(row)).ToArray());

    private static string CopyOf(TableShape table) =>
        $"COPY {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)";

    private static NpgsqlDbType TypeOf(TableShape table, TableColumn column) =>
        column.Type switch
        {
            "INTEGER" => NpgsqlDbType.Bigint,
            "REAL" => NpgsqlDbType.Double,
            "TEXT" when (table.Name, column.Name) == ("steps", "payload") => NpgsqlDbType.Json,
            "TEXT" => NpgsqlDbType.Text,
            _ => NpgsqlDbType.Bytea,
        };

    private static void Write(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type)
    {
        if (value is null)
        {
            copy.WriteNull();
        }
        else
        {
            copy.Write(value, type);
        }
    }
}
