using System.CommandLine;
using System.Runtime.CompilerServices;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.PostgreSql;
using Microsoft.Extensions.Logging;

namespace AimmsOrchestrator.Cli.Parsing;

/// <summary>Where a server's batches live: in a folder of this machine, or in a PostgreSQL database that several servers share.</summary>
internal static class DatabaseOption
{
    public const string Name = "--database";

    /// <summary>The connection to a PostgreSQL database, without a password.</summary>
    public static Option<string?> Create() =>
        new(Name)
        {
            Description =
                "The PostgreSQL database where batches live, in place of a folder; the password comes from PGPASSWORD or the file of PGPASSFILE",
            HelpName = "CONNECTION",
        };

    /// <summary>Refuses a folder beside a database.</summary>
    /// <exception cref="UserErrorException">Both are named.</exception>
    public static void RefuseFolder(ParseResult parsed, Option<string?> database, Option<string> workspace)
    {
        if (parsed.GetValue(database) is not null && parsed.GetResult(workspace) is { Implicit: false })
        {
            throw new UserErrorException($"{Name}: either a database or --workspace");
        }
    }

    /// <summary>Opens a database where one is named, and else the folder.</summary>
    /// <param name="connection">The database's connection; null for the folder.</param>
    /// <param name="open">Opens the folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Domain.Journaling.JournalException">It cannot be used.</exception>
    public static IWorkspace Open(string? connection, Func<SqliteWorkspace> open, TimeProvider time) =>
        connection is null ? open() : OpenDatabase(connection, time, address: null, version: "");

    /// <summary>Opens a database.</summary>
    /// <param name="connection">As a person gives it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="address">Where the fellows of this node reach it; null where they do not.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="logs">Has the log that gets what keeps this process from giving signs of life; none by default.</param>
    /// <exception cref="Domain.Journaling.JournalException">It cannot be used.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // Npgsql is loaded by those alone who use it.
    public static PostgreSqlWorkspace OpenDatabase(
        string connection,
        TimeProvider time,
        string? address,
        string version,
        ILoggerFactory? logs = null
    ) =>
        PostgreSqlWorkspace.Open(
            connection,
            OwnFolder.Find(),
            time,
            address,
            version,
            logs?.CreateLogger<PostgreSqlWorkspace>()
        );
}
