using System.Globalization;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal.Schema;

/// <summary>
/// The database's shape, made by numbered scripts, each of which stays as it was once it has been released. The file
/// says which program it belongs to (<c>application_id</c>) and which scripts it has had (<c>user_version</c>).
/// </summary>
internal static class Migrations
{
    /// <summary>"AIMB" in ASCII.</summary>
    private const long ApplicationId = 0x41494D42;

    private static readonly string[] Scripts =
    [
        "0001-batches-runs-steps.sql",
        "0002-reused-answers.sql",
        "0003-settlement.sql",
        "0004-ambiguous-submits.sql",
        "0005-responses.sql",
        "0006-designs.sql",
        "0007-payloads.sql",
        "0008-cut-answers.sql",
        "0009-warnings.sql",
        "0010-controls.sql",
        "0011-logs.sql",
        "0012-solves.sql",
        "0013-upkeep.sql",
        "0014-accounts.sql",
        "0015-server.sql",
        "0016-schedules.sql",
        "0017-demands.sql",
        "0018-sessions.sql",
        "0019-session-keys.sql",
        "0020-holding.sql",
    ];

    /// <summary>The version that this program reads and writes.</summary>
    public static long Latest => Scripts.Length;

    /// <summary>Brings a database that is new or ours to the latest version, whole or not at all.</summary>
    /// <exception cref="JournalException">It is not ours, or newer than this program.</exception>
    public static void Apply(SqliteConnection connection, string file)
    {
        if (VersionOf(connection, file) == Latest)
        {
            return;
        }

        connection.CreateFunction(
            "account_of",
            (string address) => ServiceAccount.NameOf(address),
            isDeterministic: true
        );
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            // Read again under the lock: another process may have been here in between.
            for (var version = VersionOf(connection, file); version < Latest; version++)
            {
                connection.Execute(Script(Scripts[version]));
                connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
            }

            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            connection.Execute("COMMIT");
        }
        catch
        {
            connection.RollBack();
            throw;
        }
    }

    /// <summary>Refuses a database that this program cannot read as it is.</summary>
    /// <exception cref="JournalException">It is not ours, or of another version.</exception>
    public static void Check(SqliteConnection connection, string file)
    {
        var version = VersionOf(connection, file);
        if (version < Latest)
        {
            throw new JournalException(
                $"{file} has schema {version} and this program reads {Latest}: `aimms-batch run` or `resume` brings it up to date"
            );
        }
    }

    /// <summary>Whether the database was written by an older version of this program.</summary>
    /// <exception cref="JournalException">It is not ours, or newer than this program.</exception>
    public static bool IsOld(SqliteConnection connection, string file) =>
        VersionOf(connection, file) is > 0 and var version && version < Latest;

    private static long VersionOf(SqliteConnection connection, string file)
    {
        // In one statement: another process may be making the database, and between two its commit would show half of it.
        using var query = connection.Command(
            """
            SELECT count(*), (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)
            FROM sqlite_schema
            """
        );
        using var row = query.ExecuteReader();
        row.Read();
        var (objects, owner, version) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        if (owner == 0 && version == 0 && objects == 0)
        {
            return 0;
        }

        if (owner != ApplicationId)
        {
            throw new JournalException($"{file} is another program's database: name another folder with --workspace");
        }

        return version <= Latest
            ? version
            : throw new JournalException(
                $"{file} has schema {version} and this program knows {Latest}: it was written by a newer aimms-batch; update this one"
            );
    }

    private static string Script(string name)
    {
        using var stream =
            typeof(Migrations).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no script {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
