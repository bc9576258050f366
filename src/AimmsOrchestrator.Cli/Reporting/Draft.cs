using AimmsOrchestrator.Cli.Terminal;

namespace AimmsOrchestrator.Cli.Reporting;

/// <summary>A temporary file: deleted at the end unless it was moved, also where the writing is interrupted.</summary>
internal sealed class Draft : IDisposable
{
    private readonly Interruption _interruption;

    public Draft(string path)
    {
        Path = path;
        _interruption = new Interruption(() =>
        {
            TryDelete();
            Interruption.EndNow();
        });
    }

    public string Path { get; }

    /// <summary>Whether it stands in a folder that all users of the machine share, and only its owner may read it.</summary>
    public bool IsPrivate { get; init; }

    public FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 16,
        };
        if (IsPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path, options);
    }

    public void Dispose()
    {
        _interruption.Dispose();
        TryDelete();
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error before this one is the one to report.
        }
    }
}
