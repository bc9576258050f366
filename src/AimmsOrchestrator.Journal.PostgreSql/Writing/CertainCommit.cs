using System.Data;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Writing;

/// <summary>
/// Commits, and knows whether it did: where the connection is lost with the commit under way, the server is asked what became
/// of the transaction, and only one that was not committed is done again. So nothing is written twice, and nothing that was
/// written is taken for lost.
/// </summary>
/// <param name="source">The pool.</param>
/// <param name="time">The clock.</param>
internal sealed class CertainCommit(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>For how long a server that is away is waited for; a restart takes seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the transaction is committed is known from then on, which one statement of its own tells.</summary>
    public const string Identify = "SELECT pg_current_xact_id()::text";

    /// <summary>Does some work once.</summary>
    /// <param name="work">Begins a transaction, and commits it; it notes what becomes of it.</param>
    /// <exception cref="JournalException">The server refuses, or is away for too long.</exception>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, Commit<T>, Task<T>> work)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var commit = new Commit<T>();
            try
            {
                await using var connection = await source.OpenConnectionAsync().ConfigureAwait(false);
                try
                {
                    return await work(connection, commit).ConfigureAwait(false);
                }
                catch (InvalidOperationException e) when (connection.State != ConnectionState.Open)
                {
                    throw PostgreSqlErrors.Lost(e);
                }
            }
            catch (NpgsqlException e) when (PostgreSqlErrors.IsTransient(e))
            {
                if (
                    commit.Transaction is { } transaction
                    && await IsCommittedAsync(transaction, start, e).ConfigureAwait(false)
                )
                {
                    return commit.Result!;
                }

                await WaitAsync(start, e).ConfigureAwait(false);
            }
            catch (NpgsqlException e)
            {
                throw With(e);
            }
        }
    }

    /// <summary>Asks until the server says. A transaction whose connection is gone and that still lives is ended.</summary>
    private async Task<bool> IsCommittedAsync(string transaction, long start, NpgsqlException error)
    {
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync().ConfigureAwait(false);
                await using var query = new NpgsqlCommand(
                    """
                    SELECT pg_xact_status($1::xid8), (
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE backend_xid = xid($1::xid8))
                    """,
                    connection
                ).With([transaction]);
                await using var row = await query.ExecuteReaderAsync().ConfigureAwait(false);
                await row.ReadAsync().ConfigureAwait(false);
                var status = await row.IsDBNullAsync(0).ConfigureAwait(false) ? null : row.GetString(0);
                if (status != "in progress")
                {
                    return status == "committed";
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidParameterValue)
            {
                // A server that has lost its last commits does not know the transaction.
                return false;
            }
            catch (NpgsqlException e) when (PostgreSqlErrors.IsTransient(e))
            {
                error = e;
            }

            await WaitAsync(start, error).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(long start, NpgsqlException error)
    {
        if (time.GetElapsedTime(start) > Patience)
        {
            throw With(error);
        }

        await Task.Delay(BetweenTries, time).ConfigureAwait(false);
    }

    private JournalException With(NpgsqlException error) =>
        PostgreSqlErrors.With(PostgreSqlErrors.NameOf(source.ConnectionString), error);
}

/// <summary>What is known of a commit that is under way.</summary>
/// <typeparam name="T">What the work comes to.</typeparam>
internal sealed class Commit<T>
{
    /// <summary>The transaction's number once its commit was sent; null before: it has left nothing then.</summary>
    public string? Transaction { get; private set; }

    /// <summary>What the work comes to if it is committed.</summary>
    public T? Result { get; private set; }

    /// <summary>The commit is about to be sent.</summary>
    public void Begin(string transaction, T result) => (Transaction, Result) = (transaction, result);
}
