namespace AimmsOrchestrator.Scenarios;

/// <summary>
/// Reads files that a user names. Only regular files are opened: a device has no end, and a pipe without a writer is waited
/// for without one.
/// </summary>
internal static class RegularFile
{
    private static readonly string[] Special = ["/dev/", "/proc/", "/sys/"];

    /// <summary>The file's bytes; null where it is no regular file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? Read(string path) => IsRegular(path) ? File.ReadAllBytes(path) : null;

    private static bool IsRegular(string path)
    {
        var file = new FileInfo(path);
        var target = (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName;
        if (Array.Exists(Special, folder => target.StartsWith(folder, StringComparison.Ordinal)))
        {
            return false;
        }

        // Pipes and sockets have no length, and neither has an empty file. Opened for writing too, a pipe is not waited for.
        return file.Length > 0 || OperatingSystem.IsWindows() || CanSeek(path);
    }

    private static bool CanSeek(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return stream.CanSeek;
        }
        catch (UnauthorizedAccessException)
        {
            // An empty file that may only be read.
            return true;
        }
    }
}
