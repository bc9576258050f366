using System.Data;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>
/// The right to choose a batch, open it and claim it, held by one connection to the database at a time; a connection that is
/// lost gives it up.
/// </summary>
internal sealed class PostgreSqlIntake : IDisposable
{
    private readonly NpgsqlConnection _connection;

    private PostgreSqlIntake(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Waits until no other process chooses a batch.</summary>
    /// <exception cref="JournalException">The database cannot be used, or another process does not come to an end.</exception>
    public static async Task<IDisposable> EnterAsync(NpgsqlDataSource source)
    {
        var name = PostgreSqlErrors.NameOf(source.ConnectionString);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenPatientlyAsync().ConfigureAwait(false);
            await using var enter = new NpgsqlCommand(
                "SELECT set_config('lock_timeout', '30s', false), pg_advisory_lock(1095323970, 2)",
                connection
            );
            await enter.ExecuteNonQueryAsync().ConfigureAwait(false);
            return new PostgreSqlIntake(connection);
        }
        catch (NpgsqlException e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            throw (e as PostgresException)?.SqlState == PostgresErrorCodes.LockNotAvailable
                ? new JournalException($"{name}: another process has been opening a batch for 30 s; is it stopped?", e)
                : PostgreSqlErrors.With(name, e);
        }
    }

    public void Dispose()
    {
        try
        {
            using var leave = new NpgsqlCommand(
                "SELECT pg_advisory_unlock(1095323970, 2), set_config('lock_timeout', '5s', false)",
                _connection
            );
            leave.ExecuteNonQuery();
        }
        catch (Exception e)
            when (e is NpgsqlException || (e is InvalidOperationException && _connection.State != ConnectionState.Open))
        {
            // The server gives it up with the connection, which Npgsql may have found lost already.
        }
        finally
        {
            _connection.Dispose();
        }
    }
}
