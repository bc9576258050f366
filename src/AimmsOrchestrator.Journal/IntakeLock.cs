using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Files;
using AimmsOrchestrator.Journal.Sqlite;

namespace AimmsOrchestrator.Journal;

/// <summary>
/// The right to choose a batch, open it and claim it, held by one process of the workspace at a time: so two processes that
/// start together with one scenario never open a batch each.
/// </summary>
internal sealed class IntakeLock : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Opening a batch takes milliseconds; only a process that stands still takes longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ExclusiveFile _file;

    private IntakeLock(ExclusiveFile file) => _file = file;

    /// <summary>Waits until no other process chooses a batch.</summary>
    /// <exception cref="JournalException">The workspace cannot be written, or another process does not come to an end.</exception>
    public static async Task<IntakeLock> EnterAsync(SqliteWorkspace workspace, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(time);
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                PrivateFiles.CreateFolder(workspace.ClaimsFolder);
                if (ExclusiveFile.TryOpen(Path.Combine(workspace.ClaimsFolder, "intake")) is { } file)
                {
                    return new IntakeLock(file);
                }
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                throw SqliteErrors.NotMade(workspace.Folder, e);
            }

            if (time.GetElapsedTime(start) > Patience)
            {
                throw new JournalException(
                    $"{workspace.Folder}: another process has been opening a batch for {Patience.TotalSeconds:0} s; is it stopped?"
                );
            }

            await Task.Delay(BetweenTries, time).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file.Dispose();
}
