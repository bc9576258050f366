using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Tests.Cli;

public sealed class OwnFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File
    {
        get
        {
            var path = Path.Combine(_folder, "file");
            System.IO.File.WriteAllText(path, "");
            return path;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_folder_that_can_be_written_is_used_and_left_empty()
    {
        var own = Path.Combine(_folder, "own");

        Assert.Equal(own, OwnFolder.Find([null, "", Path.Combine(File, "below"), own, _folder]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(own));
    }

    [Fact]
    public void Without_any_there_is_one_line()
    {
        var error = Assert.Throws<UserErrorException>(() => OwnFolder.Find([File, null]));

        Assert.Equal($"{Path.Combine(_folder, "file")}: none of these folders can be written", error.Message);
    }
}
