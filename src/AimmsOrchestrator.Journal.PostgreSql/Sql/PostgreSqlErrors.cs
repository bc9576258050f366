using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Sql;

/// <summary>
/// Says in one line what is wrong with the database and what to do; codes from
/// postgresql.org/docs/current/errcodes-appendix.html.
/// </summary>
internal static class PostgreSqlErrors
{
    /// <summary>Npgsql has no name for it.</summary>
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>Runs something on the database.</summary>
    /// <exception cref="JournalException">The database refuses, or what is in it makes no sense.</exception>
    public static T Guard<T>(NpgsqlDataSource source, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (NpgsqlException e)
        {
            throw With(NameOf(source.ConnectionString), e);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidCastException)
        {
            throw new JournalException(
                $"{NameOf(source.ConnectionString)} holds what this program cannot read: {Line(e)}; restore a copy, or correct the value",
                e
            );
        }
    }

    /// <summary>What a database is called, for people.</summary>
    public static string NameOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"database {settings.Database} at {settings.Host}:{settings.Port}";
    }

    public static JournalException With(string name, NpgsqlException error) =>
        new(SentenceOf(name, error), error) { IsPassing = IsTransient(error) };

    /// <summary>
    /// Whether a table got a column since the connection prepared the statement, by a newer program: the connection forgets the statement
    /// by this error, and prepares it anew the next time.
    /// </summary>
    public static bool IsPlanOutdated(NpgsqlException error) =>
        error
            is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" };

    /// <summary>
    /// Whether the server has ended the session, and its transaction, because this process stood still inside it: it was stopped, or the
    /// machine slept.
    /// </summary>
    public static bool IsIdleInTransaction(NpgsqlException error) => error.SqlState == IdleInTransactionSessionTimeout;

    /// <summary>Whether the same may succeed a moment later: the server restarts, is full for now, or chose a victim.</summary>
    public static bool IsTransient(NpgsqlException error) =>
        IsConnectionLost(error)
        || IsPlanOutdated(error)
        || error.SqlState
            is PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>Whether the connection is gone, or there was none.</summary>
    public static bool IsConnectionLost(NpgsqlException error) =>
        error is not PostgresException
        || IsIdleInTransaction(error)
        || error.SqlState is { } state
            && (state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal));

    /// <summary>
    /// What Npgsql says where a connection was lost between two statements: that it is not open, with no word of why. The statement, or
    /// the commit, was not sent.
    /// </summary>
    public static NpgsqlException Lost(InvalidOperationException error) => new("the connection was lost", error);

    /// <summary>Whether an error is such a <see cref="Lost"/> connection.</summary>
    public static bool IsLost(NpgsqlException error) => error.InnerException is InvalidOperationException;

    private static string SentenceOf(string name, NpgsqlException error) =>
        error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"{name} refuses the user ({Line(error)}): check Username, and the password in PGPASSWORD or in the file that PGPASSFILE names",
            PostgresErrorCodes.InvalidCatalogName =>
                $"{name} does not exist: create it with `createdb`, or name another",
            PostgresErrorCodes.InsufficientPrivilege =>
                $"{name} does not let its user do that ({Line(error)}): grant it CREATE on the schema once, and SELECT, INSERT, UPDATE, DELETE on its tables",
            PostgresErrorCodes.DiskFull => $"{name} cannot grow, the disk is full: free some space",
            PostgresErrorCodes.TooManyConnections =>
                $"{name} has no connection left: raise max_connections, or lower Maximum Pool Size",
            PostgresErrorCodes.ReadOnlySqlTransaction => $"{name} cannot be written, it is a standby: name the primary",
            null when IsConnectionLost(error) => $"{name} cannot be reached ({Line(Innermost(error))}): is it running?",
            _ when IsConnectionLost(error) => $"{name} does not answer ({Line(error)})",
            _ => $"{name} cannot be used: {Line(error)}",
        };

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private static string Line(Exception error) =>
        (error is PostgresException { MessageText: var text } ? text : error.Message)
            .ReplaceLineEndings(" ")
            .TrimEnd('.', ' ');
}
