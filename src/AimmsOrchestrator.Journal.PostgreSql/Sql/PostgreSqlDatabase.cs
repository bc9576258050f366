using System.Data;
using System.Security.Cryptography;
using AimmsOrchestrator.Journal.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>
/// The database by its pool: each statement takes a connection for as long as it lasts, those of a transaction the same one. For
/// one thread at a time.
/// </summary>
/// <param name="source">The pool; it stays open.</param>
/// <param name="connection">A connection that all statements take, and that stays open; null for the pool's.</param>
/// <param name="isPatient">Whether a statement may take as long as it wants, such as one that reads all events.</param>
internal sealed class PostgreSqlDatabase(
    NpgsqlDataSource source,
    NpgsqlConnection? connection = null,
    bool isPatient = false
) : Database
{
    /// <summary>The lock of whatever must not happen twice at once: opening a batch, a schedule's hour, upkeep. "AIMB" and a number.</summary>
    private const string Alone = "SELECT pg_advisory_xact_lock(1095323970, 1)";

    private const int MostTries = 3;

    private NpgsqlConnection? _current = connection;

    /// <inheritdoc />
    public override Dialect Dialect => PostgreSqlDialect.Instance;

    /// <inheritdoc />
    public override Statement Prepare(string sql) => new PostgreSqlStatement(this, sql);

    /// <inheritdoc />
    public override int Execute(string sql, params object?[] values) =>
        OnConnection(taken =>
        {
            using var command = Command(taken, sql, values);
            return command.ExecuteNonQuery();
        });

    /// <inheritdoc />
    public override RowReader Query(string sql, params object?[] values) => Open(sql, values);

    /// <summary>Several statements for the connection that all take.</summary>
    public NpgsqlBatch CreateBatch() => _current!.CreateBatch();

    /// <summary>Runs a query.</summary>
    public PostgreSqlRowReader Open(string sql, ReadOnlySpan<object?> values)
    {
        if (_current is { } current)
        {
            return new PostgreSqlRowReader(Command(current, sql, values), own: null);
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                return OpenFromPool(sql, values);
            }
            catch (NpgsqlException e)
                when (tries < MostTries && (PostgreSqlErrors.IsConnectionLost(e) || PostgreSqlErrors.IsPlanOutdated(e)))
            {
                // The pool's connections do not outlive the server's restart, nor their statements a newer schema; new ones do.
            }
        }
    }

    /// <inheritdoc />
    public override T Guard<T>(Func<T> action) => PostgreSqlErrors.Guard(source, action);

    /// <inheritdoc />
    public override T InTransaction<T>(Func<T> action) =>
        Guard(() =>
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return InOneTransaction(action);
                }
                catch (Exception e)
                    when (tries < MostTries
                        && (e as NpgsqlException ?? e.InnerException as NpgsqlException) is { } error
                        && (
                            PostgreSqlErrors.IsPlanOutdated(error)
                            || PostgreSqlErrors.IsIdleInTransaction(error)
                            || PostgreSqlErrors.IsLost(error)
                        )
                    )
                {
                    // Nothing of it was written, even if it was about to commit.
                }
            }
        });

    private T InOneTransaction<T>(Func<T> action)
    {
        if (_current is not null)
        {
            throw new InvalidOperationException("A transaction is under way on this connection.");
        }

        using var taken = source.OpenPatiently();
        using var transaction = taken.BeginTransaction();
        _current = taken;
        try
        {
            using (var alone = new NpgsqlCommand(Alone, taken))
            {
                alone.ExecuteNonQuery();
            }

            var result = action();
            transaction.Commit();
            return result;
        }
        catch (InvalidOperationException e) when (taken.State != ConnectionState.Open)
        {
            throw PostgreSqlErrors.Lost(e);
        }
        finally
        {
            _current = null;
        }
    }

    /// <summary>As <see cref="InTransaction{T}"/>, with the connection.</summary>
    public T InTransactionOn<T>(Func<NpgsqlConnection, T> action) => InTransaction(() => action(_current!));

    /// <inheritdoc />
    public override byte[] Keep(ReadOnlyMemory<byte> bytes)
    {
        var hash = SHA256.HashData(bytes.Span);
        Execute("INSERT INTO blobs (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING", hash, bytes);
        return hash;
    }

    /// <inheritdoc />
    public override bool CopyResponse(long response, Stream output) =>
        Guard(() =>
            OnConnection(taken =>
            {
                using var command = new NpgsqlCommand("SELECT body FROM responses WHERE id = $1", taken).With([
                    response,
                ]);
                using var reader = command.ExecuteReader(System.Data.CommandBehavior.SequentialAccess);
                if (!reader.Read())
                {
                    return false;
                }

                using var body = reader.GetStream(0);
                body.CopyTo(output);
                return true;
            })
        );

    /// <summary>The space stays with the database, for what comes: to give it back to the disk would lock the tables that others write.</summary>
    public override void Compact() =>
        Guard(() =>
        {
            foreach (var table in (string[])["steps", "runs", "responses", "blobs", "logs"])
            {
                Execute($"VACUUM {table}");
            }

            return true;
        });

    public override void Dispose()
    {
        // The pool is the workspace's.
    }

    private NpgsqlCommand Command(NpgsqlConnection taken, string sql, ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, taken).With(values);
        if (isPatient)
        {
            command.CommandTimeout = 0;
        }

        return command;
    }

    private PostgreSqlRowReader OpenFromPool(string sql, ReadOnlySpan<object?> values)
    {
        var taken = source.OpenConnection();
        try
        {
            return new PostgreSqlRowReader(Command(taken, sql, values), taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private T OnConnection<T>(Func<NpgsqlConnection, T> action)
    {
        if (_current is { } current)
        {
            return action(current);
        }

        using var taken = source.OpenPatiently();
        return action(taken);
    }
}
