using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.Files;
using AimmsOrchestrator.Journal.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>
/// The right to execute a batch, held by one process at a time: a file opened exclusively, which the operating system
/// releases when its holder dies, however it dies. A second file beside it names the holder, for others to read.
/// </summary>
internal sealed class BatchClaim : IBatchClaim
{
    private const string NoteExtension = ".txt";

    /// <summary>A process that asks for the holder has the file open for a moment, unless it stands still in it.</summary>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(2);

    /// <summary>The files that a batch may have in the claims' folder.</summary>
    internal static IReadOnlyList<string> Extensions { get; } = [".lock", NoteExtension, ".leave", ".evaluating"];

    private readonly ExclusiveFile _lock;
    private readonly string _note;
    private readonly string _request;

    private BatchClaim(ExclusiveFile held, string note, string request, long epoch)
    {
        _lock = held;
        _note = note;
        _request = request;
        Epoch = epoch;

        // One that was meant for an earlier holder.
        File.Delete(request);
    }

    /// <inheritdoc />
    public bool IsExclusive => _lock.IsExclusive;

    /// <inheritdoc />
    public bool MaySend => true; // A process that stands still keeps its lock.

    /// <inheritdoc />
    public long Epoch { get; }

    /// <summary>
    /// Takes the claim and raises the batch's epoch; null where another process has the claim (<see cref="HolderOf"/> says
    /// which).
    /// </summary>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public static BatchClaim? TryTake(SqliteWorkspace workspace, BatchRecord batch, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(time);
        var (lockFile, note) = FilesOf(workspace, batch.Id);
        ExclusiveFile? held = null;
        try
        {
            PrivateFiles.CreateFolder(workspace.ClaimsFolder);

            held = TryHold(lockFile);
            if (held is null)
            {
                return null;
            }

            var since = time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            PrivateFiles.WriteText(note, $"process {Environment.ProcessId} on {Environment.MachineName} since {since}");
            using var database = workspace.OpenJournal();
            var claim = new BatchClaim(held, note, RequestOf(workspace, batch.Id), database.RaiseEpoch(batch.Number));
            held = null;
            return claim;
        }
        catch (UnauthorizedAccessException e)
        {
            throw SqliteErrors.With(workspace.Folder, e);
        }
        catch (IOException e)
        {
            throw SqliteErrors.With(workspace.Folder, e);
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>The process that has the claim now; null where none has.</summary>
    public static ClaimHolder? HolderOf(SqliteWorkspace workspace, BatchId batch)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var (lockFile, note) = FilesOf(workspace, batch);
        if (!File.Exists(lockFile) || CanBeRead(lockFile))
        {
            return null;
        }

        try
        {
            return new ClaimHolder(File.ReadAllText(note));
        }
        catch (IOException)
        {
            return new ClaimHolder("");
        }
    }

    /// <summary>The batches of a workspace that processes execute now. A claim is seen once its note is written.</summary>
    public static IReadOnlyList<(BatchId Batch, ClaimHolder Holder)> Held(SqliteWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        try
        {
            // The notes and not the locks: a claim that was given up has no note, and its lock file stays.
            var batches = Directory
                .EnumerateFiles(workspace.ClaimsFolder, $"*{NoteExtension}")
                .Select(note => new BatchId(Path.GetFileNameWithoutExtension(note)));
            return
            [
                .. from batch in batches
                let holder = HolderOf(workspace, batch)
                where holder is not null
                select (batch, holder),
            ];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw SqliteErrors.NotMade(workspace.Folder, e);
        }
    }

    /// <summary>Asks the process that executes a batch to leave it.</summary>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public static void AskToLeave(SqliteWorkspace workspace, BatchId batch)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        try
        {
            PrivateFiles.WriteText(RequestOf(workspace, batch), "");
        }
        catch (UnauthorizedAccessException e)
        {
            throw SqliteErrors.With(workspace.Folder, e);
        }
        catch (IOException e)
        {
            throw SqliteErrors.With(workspace.Folder, e);
        }
    }

    /// <inheritdoc />
    public bool IsAskedToLeave => File.Exists(_request);

    public void Dispose()
    {
        File.Delete(_request);
        File.Delete(_note);
        _lock.Dispose();
    }

    /// <summary>The file, held; null where another process holds it. One that only asks for the holder is waited for.</summary>
    private static ExclusiveFile? TryHold(string file)
    {
        ExclusiveFile? held = null;
        SpinWait.SpinUntil(() => (held = ExclusiveFile.TryOpen(file)) is not null || !CanBeRead(file), LongestQuestion);
        return held;
    }

    private static string RequestOf(SqliteWorkspace workspace, BatchId batch) =>
        Path.Combine(workspace.ClaimsFolder, $"{batch.Value}.leave");

    private static (string Lock, string Note) FilesOf(SqliteWorkspace workspace, BatchId batch)
    {
        var file = Path.Combine(workspace.ClaimsFolder, batch.Value);
        return ($"{file}.lock", $"{file}{NoteExtension}");
    }

    /// <summary>
    /// Whether no process holds it. Opened for reading only, and beside others that read: so it works in a workspace that
    /// cannot be written, and a process that only asks is never taken for a holder.
    /// </summary>
    private static bool CanBeRead(string file)
    {
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (Exception e)
            when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            // A missing file has no holder, and one that may not be opened says nothing of any.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
