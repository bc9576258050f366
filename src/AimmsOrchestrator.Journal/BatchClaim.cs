using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>The process that executes a batch.</summary>
/// <param name="Description">Process, machine and since when; empty where the holder has not written it yet.</param>
public sealed record ClaimHolder(string Description)
{
    public override string ToString() => Description.Length > 0 ? Description : "another process";
}

/// <summary>
/// The right to execute a batch, held by one process at a time: a file opened exclusively, which the operating system
/// releases when its holder dies, however it dies. A second file beside it names the holder, for others to read.
/// </summary>
public sealed class BatchClaim : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _note;
    private readonly string _request;

    private BatchClaim(FileStream held, string note, string request, long epoch)
    {
        _lock = held;
        _note = note;
        _request = request;
        Epoch = epoch;

        // One that was meant for an earlier holder.
        File.Delete(request);
    }

    /// <summary>The batch's epoch under this claim: what an earlier holder still writes is refused.</summary>
    public long Epoch { get; }

    /// <summary>
    /// Takes the claim and raises the batch's epoch; null where another process has the claim (<see cref="HolderOf"/> says
    /// which).
    /// </summary>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public static BatchClaim? TryTake(Workspace workspace, BatchRecord batch, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(time);
        var (lockFile, note) = FilesOf(workspace, batch.Id);
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);

            // Once more: a process that only asked for the holder lets go at once.
            held = TryOpen(lockFile) ?? TryOpen(lockFile);
            if (held is null)
            {
                return null;
            }

            var since = time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            File.WriteAllText(note, $"process {Environment.ProcessId} on {Environment.MachineName} since {since}");
            using var database = workspace.OpenDatabase();
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
    public static ClaimHolder? HolderOf(Workspace workspace, BatchId batch)
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

    /// <summary>Asks the process that executes a batch to leave it.</summary>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public static void AskToLeave(Workspace workspace, BatchId batch)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        try
        {
            File.WriteAllText(RequestOf(workspace, batch), "");
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

    /// <summary>Whether another process asks this one to leave the batch.</summary>
    public bool IsAskedToLeave => File.Exists(_request);

    public void Dispose()
    {
        File.Delete(_request);
        File.Delete(_note);
        _lock.Dispose();
    }

    private static string RequestOf(Workspace workspace, BatchId batch) =>
        Path.Combine(workspace.Folder, "claims", $"{batch.Value}.leave");

    private static (string Lock, string Note) FilesOf(Workspace workspace, BatchId batch)
    {
        var file = Path.Combine(workspace.Folder, "claims", batch.Value);
        return ($"{file}.lock", $"{file}.txt");
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

    private static FileStream? TryOpen(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException and not DirectoryNotFoundException)
        {
            return null;
        }
    }
}
