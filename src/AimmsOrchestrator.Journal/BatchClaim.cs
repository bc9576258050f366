using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Storage;

namespace AimmsOrchestrator.Journal;

/// <summary>Who drives a batch.</summary>
/// <param name="Description">Process, machine and since when; empty where the holder has not said yet.</param>
public sealed record ClaimHolder(string Description)
{
    public override string ToString() => Description.Length > 0 ? Description : "another process";
}

/// <summary>
/// The right to drive a batch, held by one process at a time: a file opened exclusively, which the operating system lets
/// go when its holder dies, however it dies. Who holds it stands in a second file beside it, for others to read.
/// </summary>
public sealed class BatchClaim : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _note;
    private readonly string _request;

    private BatchClaim(FileStream held, string note, string request)
    {
        _lock = held;
        _note = note;
        _request = request;

        // One that was meant for a driver that is gone.
        File.Delete(request);
    }

    /// <summary>Takes the claim; null where another process has it (<see cref="HolderOf"/> tells which).</summary>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    public static BatchClaim? TryTake(Workspace workspace, BatchId batch, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(time);
        var (lockFile, note) = FilesOf(workspace, batch);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
            // Once more: somebody who only asked who has it is gone as soon as that was told.
            if ((TryOpen(lockFile) ?? TryOpen(lockFile)) is not { } held)
            {
                return null;
            }

            var since = time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            File.WriteAllText(note, $"process {Environment.ProcessId} on {Environment.MachineName} since {since}");
            return new BatchClaim(held, note, RequestOf(workspace, batch));
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

    /// <summary>Who has the claim now; null where nobody does.</summary>
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

    /// <summary>Asks whoever drives a batch to leave it.</summary>
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
    /// Whether nobody has it to himself. For reading only, and beside others who read: a workspace that cannot be written
    /// tells too, and nobody who looks is taken for a holder.
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
            // What is gone has no holder, and what may not be opened tells of none.
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
