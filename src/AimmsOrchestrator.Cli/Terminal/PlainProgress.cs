using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Shows the progress of a batch until it is over.</summary>
internal interface IProgressView : IBatchObserver
{
    /// <summary>Returns once the batch is over.</summary>
    Task ShowAsync(Task until);

    /// <summary>Shows a line in the meantime; safe from any thread.</summary>
    void Say(string line);
}

/// <summary>Progress without a terminal: one line after growing intervals of 2 to 30 s, and only when something changed.</summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="name">What each line begins with, where several batches are shown.</param>
/// <param name="time">The clock of the intervals; null for the system's.</param>
internal sealed class PlainProgress(TextWriter writer, string name = "", TimeProvider? time = null) : IProgressView
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
        var warned = new HashSet<string>(StringComparer.Ordinal);
        while (await Task.WhenAny(until, Task.Delay(wait, time ?? TimeProvider.System)) != until)
        {
            wait = wait * 1.5 < LongestWait ? wait * 1.5 : LongestWait;
            foreach (var warning in (_latest?.Warnings ?? []).Where(warned.Add))
            {
                writer.TryWriteLine($"{name}warning: {warning}".OneLine());
            }

            if (_latest is { } progress && ProgressText.Line(progress) is var line && line != last)
            {
                last = line;
                writer.TryWriteLine((name + line).OneLine());
            }
        }
    }
}
