using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Journal.Files;
using AimmsOrchestrator.Tests.Batches;

namespace AimmsOrchestrator.Tests.Journal.Files;

/// <summary>Who may read what a workspace holds.</summary>
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("aimms-batch-private-").FullName;

    [Fact]
    public async Task A_workspace_and_every_file_in_it_are_made_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var room = new TestRoom();
        using var runner = room.Runner();
        await runner.OpenAsync(room.Scenario(), TestRoom.Run);

        var folder = room.Workspace.Folder;
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        string[] folders = [folder, Path.Combine(folder, "claims")];
        Assert.All(folders, path => Assert.Equal(Owner | UnixFileMode.UserExecute, ModeOf(path)));
        Assert.All(files, path => Assert.Equal((path, Owner), (path, ModeOf(path))));
        string[] wanted = ["batches.db", "batches.db-wal", "intake", "short-1.lock", "short-1.txt"];
        Assert.Empty(wanted.Except(files.Select(file => Path.GetFileName(file)!), StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_there_keeps_the_access_that_its_owner_gave_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Team = Owner | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(_folder, Team);

        SqliteWorkspace.OpenOrCreate(_folder);

        Assert.Equal(Team, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void A_file_that_one_holds_is_held_from_all_others_until_it_is_released()
    {
        var path = Path.Combine(_folder, "one");
        using (var first = ExclusiveFile.TryOpen(path))
        {
            Assert.True(first?.IsExclusive);
            Assert.Null(ExclusiveFile.TryOpen(path));
        }

        using var second = ExclusiveFile.TryOpen(path);
        Assert.NotNull(second);
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
