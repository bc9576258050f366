namespace AimmsOrchestrator.Journal.Files;

/// <summary>A file that one process holds at a time; the operating system releases it when its holder dies, however it dies.</summary>
internal sealed class ExclusiveFile : IDisposable
{
    private readonly FileStream _file;

    private ExclusiveFile(FileStream file, bool isExclusive)
    {
        _file = file;
        IsExclusive = isExclusive;
    }

    /// <summary>
    /// Whether the file system keeps others out. Some network mounts have no locks, and a variable of .NET's switches
    /// them off: then every process opens the file, and holding it means nothing.
    /// </summary>
    public bool IsExclusive { get; }

    /// <summary>The file, held; null where another process holds it.</summary>
    /// <exception cref="IOException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static ExclusiveFile? TryOpen(string path)
    {
        if (Open(path) is not { } file)
        {
            return null;
        }

        // Only a second open shows whether the first one keeps others out.
        using var second = Open(path);
        return new ExclusiveFile(file, isExclusive: second is null);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? Open(string path)
    {
        try
        {
            return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (Exception e) when (e is IOException and not DirectoryNotFoundException)
        {
            return null;
        }
    }
}
