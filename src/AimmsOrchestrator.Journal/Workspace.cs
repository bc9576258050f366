using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Schema;
using AimmsOrchestrator.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>The folder where batches live: the database <c>batches.db</c>, and the claims of those who drive a batch.</summary>
public sealed class Workspace
{
    private const string DatabaseName = "batches.db";

    private Workspace(string folder) => Folder = folder;

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    internal string Database => Path.Combine(Folder, DatabaseName);

    /// <summary>The folder, made where it is not there yet.</summary>
    /// <exception cref="JournalException">It cannot be made.</exception>
    public static Workspace OpenOrCreate(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (IOException e)
        {
            throw SqliteErrors.With(folder, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw SqliteErrors.With(folder, e);
        }

        return new Workspace(path);
    }

    /// <summary>A folder that has a database already.</summary>
    /// <exception cref="JournalException">It has none.</exception>
    public static Workspace OpenExisting(string folder)
    {
        return Find(folder)
            ?? throw new JournalException($"{folder}: no batches there; `aimms-batch run SCENARIO` makes one");
    }

    /// <summary>A folder that has a database already; null where it has none.</summary>
    public static Workspace? Find(string folder)
    {
        var workspace = new Workspace(Path.GetFullPath(folder));
        return File.Exists(workspace.Database) ? workspace : null;
    }

    /// <summary>Opens the database for writing, and makes it or brings it up to date where it has to be.</summary>
    /// <exception cref="JournalException">It cannot be written, is not ours, or is newer than this program.</exception>
    public SqliteJournalWriter OpenWriter() =>
        new(SqliteErrors.Guard(Database, () => Connections.OpenForWriting(Database, Connections.Patience)), Database);

    /// <summary>
    /// Opens the database for reading, also while another process writes it; one of an older version is brought up to date
    /// first.
    /// </summary>
    /// <exception cref="JournalException">It cannot be read, is not ours, or is newer than this program.</exception>
    public SqliteJournalReader OpenReader()
    {
        var connection = SqliteErrors.Guard(Database, OpenForReading);
        try
        {
            return new SqliteJournalReader(connection, Database);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the database for looking up what was asked before.</summary>
    /// <param name="batch">The batch that asks; above every batch's number where there is none yet.</param>
    /// <param name="isFresh">Whether only this batch's own answers count.</param>
    /// <exception cref="JournalException">It cannot be read, is not ours, or is of another version.</exception>
    public SqliteResultCache OpenResultCache(long batch, bool isFresh) =>
        new(SqliteErrors.Guard(Database, OpenForReading), Database, batch, isFresh);

    /// <summary>Opens the database for looking tasks up.</summary>
    /// <param name="batch">Whose service it is about.</param>
    /// <exception cref="JournalException">It cannot be read, is not ours, or is of another version.</exception>
    public SqliteTaskIndex OpenTaskIndex(long batch) =>
        new(SqliteErrors.Guard(Database, OpenForReading), Database, batch);

    private SqliteConnection OpenForReading()
    {
        var connection = Connections.OpenForReading(Database, isImmutable: false, Connections.Patience);
        try
        {
            if (Schema.Migrations.IsOld(connection, Database))
            {
                OpenWriter().Dispose();
            }

            Schema.Migrations.Check(connection, Database);
            return connection;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 8 or 14)
        {
            // A folder that cannot be written holds no writer either: the file is read as it lies.
            connection.Dispose();
            connection = Connections.OpenForReading(Database, isImmutable: true, Connections.Patience);
            Schema.Migrations.Check(connection, Database);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
