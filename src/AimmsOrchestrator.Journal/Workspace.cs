using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Journal.Accounts;
using AimmsOrchestrator.Journal.Files;
using AimmsOrchestrator.Journal.Reading;
using AimmsOrchestrator.Journal.Schema;
using AimmsOrchestrator.Journal.Sqlite;
using AimmsOrchestrator.Journal.Writing;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>
/// The folder where batches live: the database <c>batches.db</c>, and the claims of the processes that execute a batch. It is
/// made for its owner alone.
/// </summary>
public sealed class Workspace
{
    private const string DatabaseName = "batches.db";

    private Workspace(string folder) => Folder = folder;

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    internal string ClaimsFolder => Path.Combine(Folder, "claims");

    private string File => Path.Combine(Folder, DatabaseName);

    /// <summary>The folder, made where it does not exist yet.</summary>
    /// <exception cref="JournalException">It cannot be made.</exception>
    public static Workspace OpenOrCreate(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (FileInPlaceOf(path) is { } file)
        {
            throw new JournalException(NoFolder(file));
        }

        try
        {
            PrivateFiles.CreateFolder(path);
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
            ?? throw new JournalException(
                FileInPlaceOf(Path.GetFullPath(folder)) is { } file
                    ? NoFolder(file)
                    : $"{folder}: no batches there; `aimms-batch run SCENARIO` makes one"
            );
    }

    /// <summary>A folder that has a database already; null where it has none.</summary>
    public static Workspace? Find(string folder)
    {
        var workspace = new Workspace(Path.GetFullPath(folder));
        return System.IO.File.Exists(workspace.File) ? workspace : null;
    }

    /// <summary>Opens it for writing, and makes it or brings it up to date where it has to be.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    public IJournalWriter OpenWriter() => OpenDatabase();

    /// <summary>
    /// Opens it for reading, also while another process writes it; one of an older version is brought up to date first.
    /// </summary>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    public IJournalReader OpenReader() => new SqliteJournalReader(OpenForReading());

    /// <summary>Opens it for finding results that can be reused.</summary>
    /// <param name="batch">The batch that looks for them; above every batch's number where there is none yet.</param>
    /// <param name="isFresh">Whether only this batch's own results count.</param>
    /// <param name="longestSolve">
    /// For how long its tasks may run before their solvers are interrupted (<see cref="Domain.Policies.TimeLimits.LongestSolve"/>):
    /// incumbents of other batches that were cut earlier do not count. Null for no limit: none of them counts.
    /// </param>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        new SqliteResultCache(OpenForReading(), batch, isFresh, longestSolve);

    /// <summary>Opens it for finding tasks.</summary>
    /// <param name="batch">Whose service it is about.</param>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    public ITaskIndex OpenTaskIndex(long batch) => new SqliteTaskIndex(OpenForReading(), batch);

    /// <summary>Opens it for reading what is in use of the services' accounts.</summary>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    public IServiceBook OpenServiceBook() =>
        new SqliteServiceBook(
            OpenForReading(),
            batch => BatchClaim.HolderOf(this, batch) is not null,
            Free,
            () => new DemandTable(SqliteErrors.Guard(File, OpenForWriting), File)
        );

    /// <summary>Opens who may use a server of this workspace, and what they did.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    public IAccessBook OpenAccessBook() => new SqliteAccessBook(SqliteErrors.Guard(File, OpenForWriting), File);

    /// <summary>Opens the schedules of a server of this workspace.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    public IScheduleBook OpenScheduleBook() => new SqliteScheduleBook(SqliteErrors.Guard(File, OpenForWriting), File);

    /// <summary>Opens it for freeing it; for a process that holds the <see cref="IntakeLock"/> while no batch is driven.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    public IJournalUpkeep OpenUpkeep() => new SqliteJournalUpkeep(SqliteErrors.Guard(File, OpenForWriting), File);

    /// <summary>How many bytes the database takes on the disk.</summary>
    public long DatabaseBytes => BytesOf(File) + BytesOf($"{File}-wal");

    /// <summary>Removes what the claims of batches left behind that are no more.</summary>
    public void ForgetClaims(IEnumerable<BatchId> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        foreach (
            var extension in batches.SelectMany(
                _ => BatchClaim.Extensions,
                (batch, extension) => batch.Value + extension
            )
        )
        {
            System.IO.File.Delete(Path.Combine(ClaimsFolder, extension));
        }
    }

    private static long BytesOf(string file) => new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;

    internal SqliteJournalWriter OpenDatabase() => new(SqliteErrors.Guard(File, OpenForWriting), File);

    private bool Free(LeftSlot slot)
    {
        using var writer = OpenDatabase();
        return writer.Free(slot);
    }

    /// <summary>The file that stands where a folder would have to be, on the way to a path; null where there is none.</summary>
    private static string? FileInPlaceOf(string path)
    {
        var nearest = path;
        while (nearest is not null && !Path.Exists(nearest))
        {
            nearest = Path.GetDirectoryName(nearest);
        }

        return System.IO.File.Exists(nearest) ? nearest : null;
    }

    private static string NoFolder(string file) =>
        $"{file} is a file, and a workspace is a folder: name another with --workspace";

    private SqliteConnection OpenForWriting()
    {
        PrivateFiles.CreateIfMissing(File);
        return Connections.OpenForWriting(File, Connections.Patience);
    }

    private Database OpenForReading() => new(SqliteErrors.Guard(File, Connect), File);

    private SqliteConnection Connect()
    {
        var connection = Connections.OpenForReading(File, isImmutable: false, Connections.Patience);
        try
        {
            if (Migrations.IsOld(connection, File))
            {
                OpenWriter().Dispose();
            }

            Migrations.Check(connection, File);
            return connection;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 8 or 14)
        {
            // A folder that cannot be written has no writer either: the file is read as it is.
            connection.Dispose();
            connection = Connections.OpenForReading(File, isImmutable: true, Connections.Patience);
            Migrations.Check(connection, File);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
