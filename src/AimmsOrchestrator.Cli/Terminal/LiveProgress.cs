using AimmsOrchestrator.Domain.Progress;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Progress drawn in place on a terminal: a bar, what is under way, the pace, the latest failures.</summary>
internal sealed class LiveProgress(IAnsiConsole console) : IProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private volatile BatchProgress? _latest;
    private volatile string _said = "";

    public void OnProgress(BatchProgress progress) => _latest = progress;

    public void Say(string line) => _said = line;

    public Task ShowAsync(Task until) =>
        console
            .Live(new Text(""))
            .AutoClear(enabled: true)
            .StartAsync(async context =>
            {
                while (!until.IsCompleted)
                {
                    Draw(context);
                    await Task.WhenAny(until, Task.Delay(Interval));
                }
            });

    private void Draw(LiveDisplayContext context)
    {
        if (_latest is { } progress)
        {
            context.UpdateTarget(Picture(progress, _said, console.Profile.Width));
        }
    }

    private static Rows Picture(BatchProgress progress, string said, int width)
    {
        var rows = new List<IRenderable>();
        if (progress.Total is > 0 and var total)
        {
            rows.Add(Bar(progress, total, width));
        }

        var line = string.Join(
            "; ",
            new[] { ProgressText.UnderWay(progress), ProgressText.Pace(progress) }.Where(p => p.Length > 0)
        );
        rows.Add(new Text(line).Overflow(Overflow.Ellipsis));
        foreach (var failure in progress.Failures.TakeLast(3))
        {
            rows.Add(
                new Text($"✗ {failure.Name}: {failure.Message}", new Style(Color.Red)).Overflow(Overflow.Ellipsis)
            );
        }

        if (said.Length > 0)
        {
            rows.Add(new Text(said, new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    /// <summary>Done, failed and left in glyphs of their own, so that it tells without colours too.</summary>
    private static Columns Bar(BatchProgress progress, long total, int width)
    {
        var label = ProgressText.Done(progress);
        var cells = Math.Clamp(width - label.Length - 4, 10, 60);
        var ended = (int)(cells * Math.Min(1, (double)progress.Ended / total));
        var failed = (int)Math.Ceiling(cells * (double)progress.CountByState.GetValueOrDefault("failed") / total);
        var bar = new Paragraph()
            .Append(new string('█', Math.Max(0, ended - failed)), new Style(Color.Green))
            .Append(new string('▒', Math.Min(failed, cells)), new Style(Color.Red))
            .Append(new string('░', Math.Max(0, cells - Math.Max(ended, failed))), new Style(Color.Grey));
        return new Columns(bar, new Text(label)).Collapse();
    }
}
