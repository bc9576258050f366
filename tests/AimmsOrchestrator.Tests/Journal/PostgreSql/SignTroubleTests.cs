using System.Net.Sockets;
using AimmsOrchestrator.Journal.PostgreSql.Nodes;
using AimmsOrchestrator.Tests.Testing;
using Npgsql;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>What the log says where a node gives no signs of life.</summary>
public sealed class SignTroubleTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly SignTrouble _trouble;

    public SignTroubleTests() => _trouble = new SignTrouble("database aimms", _log);

    private static IReadOnlyList<Exception> Expected { get; } =
    [
        new NpgsqlException("no route", new SocketException(113)),
        new NpgsqlException("reading", new TimeoutException("no answer in time")),
        new TimeoutException("no answer in time"),
        new IOException("reset"),
        Refusal(PostgresErrorCodes.AdminShutdown),
        Refusal(PostgresErrorCodes.TooManyConnections),
        Refusal(PostgresErrorCodes.LockNotAvailable),
        Refusal(PostgresErrorCodes.DiskFull),
        Refusal(PostgresErrorCodes.InvalidPassword),
        Refusal(PostgresErrorCodes.InsufficientPrivilege),
    ];

    private static IReadOnlyList<Exception> Bugs { get; } =
    [
        new InvalidCastException("a text is no number"),
        new InvalidOperationException("the collection was changed"),
        new KeyNotFoundException("no such batch"),
        Refusal(PostgresErrorCodes.SyntaxError),
        Refusal(PostgresErrorCodes.UndefinedColumn),
        Refusal(PostgresErrorCodes.NotNullViolation),
    ];

    [Fact]
    public void What_is_the_databases_or_the_networks_is_a_warning_and_no_bug() =>
        Assert.All(
            Expected,
            error =>
            {
                var (trouble, log) = Reported(error);

                var line = Assert.Single(log);
                Assert.StartsWith("Warning no sign of life can be given: ", line, StringComparison.Ordinal);
                Assert.Null(trouble.Bug);
            }
        );

    [Fact]
    public void Anything_else_is_an_error_with_the_whole_exception() =>
        Assert.All(
            Bugs,
            error =>
            {
                var (trouble, log) = Reported(error);

                var line = Assert.Single(log);
                Assert.StartsWith("Error a bug in this program: ", line, StringComparison.Ordinal);
                Assert.EndsWith(error.ToString(), line, StringComparison.Ordinal);
                Assert.Same(error, trouble.Bug);
            }
        );

    [Fact]
    public void An_outage_is_one_warning_and_one_line_at_its_end_and_the_next_one_another_warning()
    {
        _trouble.End();
        _trouble.Report(new TimeoutException("first"), isConnectionLost: false);
        _trouble.Report(new TimeoutException("second"), isConnectionLost: false);
        _trouble.End();
        _trouble.End();
        _trouble.Report(new TimeoutException("third"), isConnectionLost: false);

        Assert.Equal(
            [
                "Warning no sign of life can be given: database aimms does not answer (first)",
                "Information signs of life are given again; the latest failed with: database aimms does not answer (second)",
                "Warning no sign of life can be given: database aimms does not answer (third)",
            ],
            _log.All
        );
    }

    [Fact]
    public void A_bug_is_one_error_however_often_it_occurs_and_over_with_the_next_sign_of_life()
    {
        _trouble.Report(new InvalidCastException("a text is no number"), isConnectionLost: false);
        _trouble.Report(new InvalidCastException("a text is no number"), isConnectionLost: false);
        Assert.Single(_log.All);

        _trouble.End();

        Assert.Null(_trouble.Bug);
        Assert.Equal(
            "Information signs of life are given again; the latest failed with: a text is no number",
            _log.All.Last()
        );
    }

    [Fact]
    public void A_connection_that_was_lost_between_two_signs_of_life_is_no_bug()
    {
        _trouble.Report(new InvalidOperationException("Connection is not open"), isConnectionLost: true);

        Assert.StartsWith("Warning ", Assert.Single(_log.All), StringComparison.Ordinal);
        Assert.Null(_trouble.Bug);
    }

    public void Dispose() => _log.Dispose();

    private static (SignTrouble Trouble, IReadOnlyList<string> Log) Reported(Exception error)
    {
        using var log = new LogLines();
        var trouble = new SignTrouble("database aimms", log);
        trouble.Report(error, isConnectionLost: false);
        return (trouble, [.. log.All]);
    }

    private static PostgresException Refusal(string code) => new("refused", "ERROR", "ERROR", code);
}
