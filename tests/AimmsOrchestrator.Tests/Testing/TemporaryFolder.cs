namespace AimmsOrchestrator.Tests.Testing;

/// <summary>A folder that lasts as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aimms-batch-").FullName;

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text, UnixFileMode? mode = null)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (mode is { } only && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, only);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
