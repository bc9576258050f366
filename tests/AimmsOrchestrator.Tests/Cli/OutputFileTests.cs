using System.Diagnostics;
using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Cli.Reporting;

namespace AimmsOrchestrator.Tests.Cli;

/// <summary>Files that are there whole or not at all.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aimms-batch-output-").FullName;

    [Fact]
    public async Task A_link_stays_one_and_what_it_leads_to_is_written()
    {
        var target = Path.Combine(_folder, "target");
        var link = Path.Combine(_folder, "link");
        await File.WriteAllTextAsync(target, "before, and longer");
        File.CreateSymbolicLink(link, target);

        await WriteAsync(link, "after");

        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal("after", await File.ReadAllTextAsync(target));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder).Count());
    }

    [Fact]
    public async Task What_is_not_there_yet_is_made_also_where_a_link_leads()
    {
        var (file, link, target) = (
            Path.Combine(_folder, "file"),
            Path.Combine(_folder, "link"),
            Path.Combine(_folder, "target")
        );
        File.CreateSymbolicLink(link, target);

        await WriteAsync(file, "one");
        await WriteAsync(link, "two");

        Assert.Equal("one", await File.ReadAllTextAsync(file));
        Assert.Equal("two", await File.ReadAllTextAsync(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task What_is_no_file_is_written_to_and_not_replaced()
    {
        var pipe = Path.Combine(_folder, "pipe");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        var reading = Task.Run(() => File.ReadAllTextAsync(pipe));
        await WriteAsync(pipe, "through");

        Assert.Equal("through", await reading);
        Assert.Equal(pipe, Assert.Single(Directory.EnumerateFileSystemEntries(_folder)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData(".")]
    public async Task A_folder_is_refused_by_the_name_of_the_option(string folder)
    {
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => WriteAsync(folder, "", "--junit"));

        Assert.Equal($"--junit: {folder} is a folder", refused.Message);
    }

    [Fact]
    public async Task A_file_that_could_not_be_written_to_its_end_is_as_it_was()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "before");

        await Assert.ThrowsAsync<UserErrorException>(() =>
            OutputFile.WriteAsync(new FileInfo(file), _ => throw new IOException("no space left"))
        );

        Assert.Equal("before", await File.ReadAllTextAsync(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task WriteAsync(string file, string text, string option = "--output") =>
        OutputFile.WriteAsync(
            new FileInfo(file),
            async output =>
            {
                await using var writer = new StreamWriter(output, leaveOpen: true);
                await writer.WriteAsync(text);
            },
            option
        );
}
