namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>
/// A file that is there whole or not at all: written under another name beside its place, and moved there at the end.
/// </summary>
internal static class OutputFile
{
    /// <param name="file">The file.</param>
    /// <param name="writeAsync">Writes all of it.</param>
    /// <param name="option">What on the command line names it, for messages.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static async Task WriteAsync(FileInfo file, Func<Stream, Task> writeAsync, string option = "--output")
    {
        var draft = new FileInfo(Path.Combine(file.DirectoryName!, $".{file.Name}.{Guid.CreateVersion7():N}.tmp"));
        try
        {
            if (Directory.Exists(file.FullName))
            {
                throw new UserErrorException($"{option}: {file} is a folder");
            }

            await using (var output = draft.Open(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                await writeAsync(output);
            }

            File.Move(draft.FullName, file.FullName, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option}: {file} cannot be written: {Reason(file, e)}", e);
        }
        finally
        {
            TryDelete(draft);
        }
    }

    /// <summary>Without the draft's name, which nobody has seen.</summary>
    private static string Reason(FileInfo file, Exception e) =>
        e switch
        {
            DirectoryNotFoundException => $"there is no folder {file.DirectoryName}",
            UnauthorizedAccessException => $"the folder {file.DirectoryName} does not allow it",
            _ => e.Message,
        };

    private static void TryDelete(FileInfo draft)
    {
        try
        {
            draft.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is the thing to tell.
        }
    }
}
