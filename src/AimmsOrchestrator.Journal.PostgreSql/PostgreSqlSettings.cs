using AimmsOrchestrator.Domain.Journaling;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql;

/// <summary>Reads the connection that a person gives, and adds what the journal's promises rest on.</summary>
internal static class PostgreSqlSettings
{
    /// <summary>
    /// A process that stands still inside a transaction holds its locks for no longer than 2 s, none waits for a lock for ever, and a
    /// host that is gone is noticed.
    /// </summary>
    private const string SessionOptions =
        "-c idle_in_transaction_session_timeout=2000 -c lock_timeout=5000 -c tcp_user_timeout=4000 -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3";

    /// <summary>The pool of a database.</summary>
    /// <param name="connection">As a person gives it: <c>Host=…;Database=…;Username=…</c>.</param>
    /// <exception cref="JournalException">It is no such text, has a password, or names no database.</exception>
    public static NpgsqlDataSource Open(string connection)
    {
        var settings = Read(connection);
        if (settings.Password is { Length: > 0 })
        {
            throw new JournalException(
                "a connection has no Password here, where others can read it: set PGPASSWORD, or name a file in PGPASSFILE"
            );
        }

        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
        {
            throw new JournalException(
                "a connection to PostgreSQL names Host and Database: \"Host=db.example.com;Database=aimms;Username=aimms\""
            );
        }

        settings.ApplicationName ??= "aimms-batch";
        settings.MaxAutoPrepare = 100;
        settings.NoResetOnClose = true;
        settings.Timeout = 5;
        settings.CommandTimeout = 60;
        settings.KeepAlive = 5;
        settings.Options = string.IsNullOrEmpty(settings.Options)
            ? SessionOptions
            : $"{SessionOptions} {settings.Options}";
        settings.IncludeErrorDetail = false;
        return NpgsqlDataSource.Create(settings);
    }

    private static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception e)
            when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            throw new JournalException(
                $"\"{connection}\" is no connection to PostgreSQL ({e.Message.ReplaceLineEndings(" ").Split(" (Parameter")[0].TrimEnd('.')}); one is written as \"Host=db.example.com;Database=aimms;Username=aimms\"",
                e
            );
        }
    }
}
