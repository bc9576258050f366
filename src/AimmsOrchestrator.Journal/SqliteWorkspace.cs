using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Workspaces;
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
public sealed class SqliteWorkspace : IWorkspace
{
    private const string DatabaseName = "batches.db";

    private SqliteWorkspace(string folder) => Folder = folder;

    /// <inheritdoc />
    public string Name => Folder;

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    internal string ClaimsFolder => Path.Combine(Folder, "claims");

    private string File => Path.Combine(Folder, DatabaseName);

    /// <summary>The folder, made where it does not exist yet.</summary>
    /// <exception cref="JournalException">It cannot be made.</exception>
    public static SqliteWorkspace OpenOrCreate(string folder)
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

        return new SqliteWorkspace(path);
    }

    /// <summary>A folder that has a database already.</summary>
    /// <exception cref="JournalException">It has none.</exception>
    public static SqliteWorkspace OpenExisting(string folder)
    {
        return Find(folder)
            ?? throw new JournalException(
                FileInPlaceOf(Path.GetFullPath(folder)) is { } file
                    ? NoFolder(file)
                    : $"{folder}: no batches there; `aimms-batch run SCENARIO` makes one"
            );
    }

    /// <summary>A folder that has a database already; null where it has none.</summary>
    public static SqliteWorkspace? Find(string folder)
    {
        var workspace = new SqliteWorkspace(Path.GetFullPath(folder));
        return System.IO.File.Exists(workspace.File) ? workspace : null;
    }

    /// <inheritdoc />
    public IJournalWriter OpenWriter() => OpenJournal();

    /// <inheritdoc />
    public IJournalReader OpenReader() => new JournalReader(OpenForReading());

    /// <inheritdoc />
    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        new ResultCache(OpenForReading(), batch, isFresh, longestSolve);

    /// <inheritdoc />
    public ITaskIndex OpenTaskIndex(long batch) => new TaskIndex(OpenForReading(), batch);

    /// <inheritdoc />
    public IServiceBook OpenServiceBook() =>
        new ServiceBook(OpenForReading(), batch => HolderOf(batch) is not null, Free, OpenDemands);

    /// <inheritdoc />
    public IAccessBook OpenAccessBook() => new AccessBook(OpenDatabase());

    /// <inheritdoc />
    public IScheduleBook OpenScheduleBook() => new ScheduleBook(OpenDatabase());

    /// <inheritdoc />
    public bool IsFreedBesideWork => false;

    /// <inheritdoc />
    public IJournalUpkeep OpenUpkeep()
    {
        var database = OpenDatabase();

        // Each removed response would be searched for in every run otherwise. What refers to it is removed with it.
        database.Execute("PRAGMA foreign_keys = OFF");
        return new JournalUpkeep(database);
    }

    /// <inheritdoc />
    public long DatabaseBytes => BytesOf(File) + BytesOf($"{File}-wal");

    /// <inheritdoc />
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

    /// <inheritdoc />
    public IEvaluationMarks OpenMarks(BatchId batch) => EvaluationMarks.Open(ClaimsFolder, batch);

    /// <inheritdoc />
    public async Task<IDisposable> EnterIntakeAsync(TimeProvider time) =>
        await IntakeLock.EnterAsync(this, time).ConfigureAwait(false);

    /// <inheritdoc />
    public IBatchClaim? TryClaim(BatchRecord batch, TimeProvider time) => BatchClaim.TryTake(this, batch, time);

    /// <inheritdoc />
    public ClaimHolder? HolderOf(BatchId batch) => BatchClaim.HolderOf(this, batch);

    /// <inheritdoc />
    public IReadOnlyList<(BatchId Batch, ClaimHolder Holder)> Claims() => BatchClaim.Held(this);

    /// <inheritdoc />
    public void AskToLeave(BatchId batch) => BatchClaim.AskToLeave(this, batch);

    private static long BytesOf(string file) => new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;

    internal SqliteJournalWriter OpenJournal() => new(SqliteErrors.Guard(File, OpenForWriting), File);

    private bool Free(LeftSlot slot)
    {
        using var writer = OpenJournal();
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

    internal SqliteDatabase OpenForReading() => new(SqliteErrors.Guard(File, Connect), File);

    internal SqliteDatabase OpenDatabase() => new(SqliteErrors.Guard(File, OpenForWriting), File);

    private DemandTable OpenDemands()
    {
        var database = OpenDatabase();

        // In WAL mode a commit costs no flush of the disk then; the next commit of the journal flushes it too.
        database.Execute("PRAGMA synchronous = NORMAL");
        return new DemandTable(database);
    }

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
