namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>
/// A file that is written whole or not at all: under another name in its folder, then moved. A link stays one, and the
/// file it leads to is written; what is no file (a device, a pipe) gets all of it at once.
/// </summary>
internal static class OutputFile
{
    /// <param name="file">The file.</param>
    /// <param name="writeAsync">Writes all of it.</param>
    /// <param name="option">What on the command line names it, for messages.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static async Task WriteAsync(FileInfo file, Func<Stream, Task> writeAsync, string option = "--output")
    {
        if (Directory.Exists(file.FullName))
        {
            throw new UserErrorException($"{option}: {file} is a folder");
        }

        try
        {
            if (OpenIfNoFile(file) is { } device)
            {
                await using (device)
                {
                    await WriteAtOnceAsync(device, writeAsync);
                }

                return;
            }

            var target = file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true);
            await ReplaceAsync(target ?? file, writeAsync);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option}: {file} cannot be written: {Reason(file, e)}", e);
        }
    }

    /// <summary>Writes to a stream that cannot seek, by way of a temporary file.</summary>
    public static async Task WriteAtOnceAsync(
        Stream output,
        Func<Stream, Task> writeAsync,
        CancellationToken cancellation = default
    )
    {
        using var draft = new Draft(Path.Combine(Path.GetTempPath(), $"aimms-batch-{Guid.CreateVersion7():N}.tmp"));
        await using var stream = draft.Open();
        await writeAsync(stream);
        stream.Position = 0;
        await stream.CopyToAsync(output, cancellation);
    }

    private static async Task ReplaceAsync(FileInfo file, Func<Stream, Task> writeAsync)
    {
        var name = $".{file.Name}.{Guid.CreateVersion7():N}.tmp";
        using var draft = new Draft(Path.Combine(file.DirectoryName!, name));
        await using (var output = draft.Open())
        {
            await writeAsync(output);
        }

        File.Move(draft.Path, file.FullName, overwrite: true);
    }

    /// <summary>What is there already and is no file, opened; null for a file, and where there is nothing yet.</summary>
    private static FileStream? OpenIfNoFile(FileInfo file)
    {
        if (OperatingSystem.IsWindows() || !file.Exists)
        {
            return null;
        }

        FileStream there;
        try
        {
            there = new FileStream(file.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException)
        {
            // One that may not be written may still be replaced, if its folder allows that; a link may lead to nothing yet.
            return null;
        }

        if (!IsFile(there))
        {
            return there;
        }

        there.Dispose();
        return null;
    }

    /// <summary>Only a file can be cut, if only to the length it has.</summary>
    private static bool IsFile(FileStream there)
    {
        try
        {
            if (there.CanSeek)
            {
                there.SetLength(there.Length);
                return true;
            }
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            // The system's "invalid argument".
        }

        return false;
    }

    /// <summary>Without the draft's name, which the user does not know.</summary>
    private static string Reason(FileInfo file, Exception e) =>
        e switch
        {
            DirectoryNotFoundException => $"there is no folder {file.DirectoryName}",
            UnauthorizedAccessException => $"the folder {file.DirectoryName} does not allow it",
            _ => e.Message,
        };
}
