using System.Net.Sockets;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>
/// What keeps a node from giving signs of life, in its log. A database that is away, busy or misconfigured is a warning at the outage's
/// beginning and a line at its end; anything else is a bug of this program, and an error. The node tries again in either case. One thread
/// at a time reports, any number read.
/// </summary>
/// <param name="database">What the database is called, for people.</param>
/// <param name="log">Gets the lines.</param>
internal sealed class SignTrouble(string database, ILogger log)
{
    private string? _outage;
    private volatile Exception? _bug;

    /// <summary>The bug since which no sign of life was given; null where there is none.</summary>
    public Exception? Bug => _bug;

    /// <summary>A sign of life could not be given.</summary>
    /// <param name="error">Why.</param>
    /// <param name="isConnectionLost">
    /// Whether the connection is open no longer: one that is lost between two signs of life is closed, and not usable by its state alone.
    /// </param>
    public void Report(Exception error, bool isConnectionLost)
    {
        if (IsExpected(error) || (isConnectionLost && error is InvalidOperationException))
        {
            var reason = error is NpgsqlException e
                ? PostgreSqlErrors.With(database, e).Message
                : $"{database} does not answer ({error.Message})";
            if (_outage is null)
            {
                log.LogWarning("no sign of life can be given: {Reason}", reason);
            }

            _outage = reason;
            return;
        }

        if (_bug?.Message != error.Message)
        {
            log.LogError(error, "a bug in this program: no sign of life can be given");
        }

        _bug = error;
    }

    /// <summary>A sign of life was given.</summary>
    public void End()
    {
        if ((_outage ?? _bug?.Message) is { } reason)
        {
            log.LogInformation("signs of life are given again; the latest failed with: {Reason}", reason);
            (_outage, _bug) = (null, null);
        }
    }

    /// <summary>Whether an error is the database's or the network's, and not this program's.</summary>
    private static bool IsExpected(Exception error) =>
        error switch
        {
            NpgsqlOperationInProgressException => false,
            PostgresException refusal => PostgreSqlErrors.IsTransient(refusal) || !IsOfStatement(refusal.SqlState),
            NpgsqlException or TimeoutException or IOException or SocketException or OperationCanceledException => true,
            _ => false,
        };

    /// <summary>
    /// Whether a code says that the statement or its values are wrong: data exceptions, violated constraints, and wrong syntax or names. A
    /// missing privilege is a person's to grant.
    /// </summary>
    private static bool IsOfStatement(string code) =>
        code != PostgresErrorCodes.InsufficientPrivilege
        && (
            code.StartsWith("22", StringComparison.Ordinal)
            || code.StartsWith("23", StringComparison.Ordinal)
            || code.StartsWith("42", StringComparison.Ordinal)
        );
}
