using AimmsOrchestrator.Domain.Progress;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Progress redrawn in place on a terminal, at most four times per second.</summary>
internal sealed class LiveProgress(IAnsiConsole console) : IProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private volatile BatchProgress? _latest;
    private volatile string _said = "";

    public void OnProgress(BatchProgress progress) => _latest = progress;

    public void Say(string line) => _said = line;

    public async Task ShowAsync(Task until)
    {
        try
        {
            await DrawAsync(until);
        }
        catch (IOException)
        {
            // The terminal is closed; the batch continues.
            await until;
        }
    }

    private Task DrawAsync(Task until) =>
        console
            .Live(new Text(""))
            .AutoClear(enabled: true)
            .StartAsync(async context =>
            {
                while (!until.IsCompleted)
                {
                    if (_latest is { } progress)
                    {
                        context.UpdateTarget(ProgressPicture.Of(progress, _said, console.Profile.Width));
                    }

                    await Task.WhenAny(until, Task.Delay(Interval));
                }
            });
}
