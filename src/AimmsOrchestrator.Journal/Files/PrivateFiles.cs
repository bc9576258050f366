namespace AimmsOrchestrator.Journal.Files;

/// <summary>
/// Folders and files that only their owner may read: a workspace holds requests, responses and results. What exists already
/// keeps the access that it has, so that a team can share a workspace on purpose. On Windows the folder's own rules hold.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // Folders above it that are missing are made as any program makes them.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            Directory.CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>Makes an empty file where there is none: SQLite gives the files beside its database the same access.</summary>
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            Open(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process was quicker, or the folder cannot be written, which SQLite says. A file that exists is not
            // opened here: closing it would end the locks that SQLite holds on it in this process.
        }
    }

    public static void WriteText(string path, string text)
    {
        using var writer = new StreamWriter(Open(path, FileMode.Create, FileShare.Read));
        writer.Write(text);
    }

    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = mode is FileMode.Open or FileMode.OpenOrCreate ? FileAccess.ReadWrite : FileAccess.Write,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }
}
