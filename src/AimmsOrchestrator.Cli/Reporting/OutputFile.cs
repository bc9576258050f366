namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>
/// A file that is written whole or not at all: under another name in its folder, then moved. A link stays one, and the
/// file it leads to is written; what is no file (a device, a pipe) gets all of it at once.
/// </summary>
internal static class OutputFile
{
    /// <summary>Windows' <c>ERROR_SHARING_VIOLATION</c>.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);

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
            RefuseIfOpenElsewhere(file);
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
        var path = Path.Combine(Path.GetTempPath(), $"aimms-batch-{Guid.CreateVersion7():N}.tmp");
        using var draft = new Draft(path) { IsPrivate = true };
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

    /// <summary>
    /// Windows replaces no file that another program has open, as Excel has a workbook; that is found out before a report
    /// takes its time, and the system's own reason would be that access is denied.
    /// </summary>
    private static void RefuseIfOpenElsewhere(FileInfo file)
    {
        if (!OperatingSystem.IsWindows() || !file.Exists)
        {
            return;
        }

        try
        {
            new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            // One that may not be read may still be replaced.
        }
        catch (IOException e) when (e.HResult == SharingViolation)
        {
            throw new IOException("another program has it open; close it there, or write to another file", e);
        }
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
            UnauthorizedAccessException when OperatingSystem.IsWindows() && file.Exists =>
                "the file or its folder does not allow it",
            UnauthorizedAccessException => $"the folder {file.DirectoryName} does not allow it",
            _ => e.Message,
        };
}
