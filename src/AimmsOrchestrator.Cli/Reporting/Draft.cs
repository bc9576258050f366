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

    public FileStream Open() => new(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);

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
