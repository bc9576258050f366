using AimmsOrchestrator.Journal.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AimmsOrchestrator.Journal.Schema;

/// <summary>Opens the database with the settings that the journal's promises rest on.</summary>
internal static class Connections
{
    /// <summary>How long to wait for another process's commit before giving up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// SQLite counts its memory under one lock for the whole process, at every allocation; nothing here asks for the count.
    /// Without it a batch of quick tasks takes 4 % less of the processor. It has to be said before the first connection.
    /// </summary>
    static Connections()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Opens for writing, and makes or updates the database where it has to be.</summary>
    public static SqliteConnection OpenForWriting(string file, TimeSpan patience)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate, patience);
        try
        {
            connection.Execute("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");

            // In WAL mode FULL flushes the log at every commit; NORMAL would lose commits to a power cut.
            connection.Execute("PRAGMA synchronous = FULL");

            // Before the file is known to be new or ours, nothing may change it: the journal mode comes last.
            Migrations.Apply(connection, file);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing database for reading.</summary>
    /// <param name="file">The database.</param>
    /// <param name="isImmutable">Whether no process can write it meanwhile, so that reading needs no files beside it.</param>
    /// <param name="patience">How long to wait where it is locked.</param>
    public static SqliteConnection OpenForReading(string file, bool isImmutable, TimeSpan patience)
    {
        var source = isImmutable ? $"{new Uri(file).AbsoluteUri}?immutable=1" : file;
        var connection = Open(source, SqliteOpenMode.ReadOnly, patience);
        try
        {
            connection.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -16384");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string source, SqliteOpenMode mode, TimeSpan patience)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
