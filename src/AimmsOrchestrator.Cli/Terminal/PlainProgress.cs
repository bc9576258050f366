using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Shows how far a batch is until it is over.</summary>
internal interface IProgressView : IBatchObserver
{
    /// <summary>Returns once the batch is over.</summary>
    Task ShowAsync(Task until);

    /// <summary>Tells a person something in the meantime; safe from any thread.</summary>
    void Say(string line);
}

/// <summary>Progress where nothing can be drawn in place: a line now and then, at growing distances, and only when something changed.</summary>
internal sealed class PlainProgress(TextWriter writer) : IProgressView
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private volatile BatchProgress? _latest;

    public void OnProgress(BatchProgress progress) => _latest = progress;

    public void Say(string line) => writer.TryWriteLine(line.OneLine());

    public async Task ShowAsync(Task until)
    {
        var wait = FirstWait;
        var last = "";
        while (await Task.WhenAny(until, Task.Delay(wait)) != until)
        {
            wait = wait * 1.5 < LongestWait ? wait * 1.5 : LongestWait;
            if (_latest is { } progress && ProgressText.Line(progress) is var line && line != last)
            {
                last = line;
                writer.TryWriteLine(line.OneLine());
            }
        }
    }
}
