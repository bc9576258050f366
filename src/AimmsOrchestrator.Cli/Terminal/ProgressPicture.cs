using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// The progress of a batch as a few lines of a terminal: a bar, the states, the pace, the latest results and failures.
/// It is readable without colours: each part of the bar and each kind of line has its own glyph.
/// </summary>
internal static class ProgressPicture
{
    private const int MostResults = 3;
    private const int MostFailures = 3;
    private const int WidestBar = 60;
    private const int NarrowestBar = 10;

    /// <param name="progress">The progress.</param>
    /// <param name="said">One more line; empty for none.</param>
    /// <param name="width">The terminal's, in columns.</param>
    public static IRenderable Of(BatchProgress progress, string said, int width)
    {
        var rows = new List<IRenderable>();
        if (progress.Total is > 0 and var total)
        {
            rows.Add(Bar(progress, total, width));
        }
        else
        {
            rows.Add(Line(ProgressText.Done(progress), width));
        }

        foreach (var line in new[] { ProgressText.UnderWay(progress), ProgressText.Pace(progress) }.Where(Any))
        {
            rows.Add(Line(line, width));
        }

        foreach (var run in progress.Longest)
        {
            var name = ProgressText.ShortName(run.Name, width / 2);
            rows.Add(
                Line(
                    StateSign.Of(run.State),
                    $"{name}: {run.State.Word()} for {run.For.Text()}{(run.Solve is { } solve ? $"; {solve}" : "")}",
                    width
                )
            );
        }

        foreach (var warning in progress.Warnings)
        {
            rows.Add(Line(StateSign.Warning, warning, width));
        }

        foreach (var success in progress.Successes.TakeLast(MostResults))
        {
            var name = ProgressText.ShortName(success.Name, width / 2);
            rows.Add(Line(StateSign.Of(RunState.Completed), $"{name}: {ProgressText.Results(success)}", width));
        }

        foreach (var failure in progress.Failures.TakeLast(MostFailures))
        {
            var name = ProgressText.ShortName(failure.Name, width / 2);
            rows.Add(Line(StateSign.Of(RunState.Failed), $"{name}: {failure.Message}", width));
        }

        if (said.Length > 0)
        {
            rows.Add(new Text(said.OneLine(), new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private static bool Any(string line) => line.Length > 0;

    /// <summary>Cut at the terminal's edge: a line that wraps would make the picture jump.</summary>
    private static Text Line(string line, int width, Color? color = null) =>
        new(line.OneLine(width - 1), color is { } c ? new Style(c) : Style.Plain);

    private static Text Line(StateSign sign, string line, int width) => Line($"{sign.Text} {line}", width, sign.Color);

    private static Columns Bar(BatchProgress progress, long total, int width)
    {
        var label = ProgressText.Done(progress);
        var cells = Math.Clamp(width - label.Length - 4, NarrowestBar, WidestBar);
        var ended = (int)(cells * Math.Min(1, (double)progress.CountByState.Ended / total));
        var failures = (double)progress.CountByState.Failed / total;
        var failed = Math.Min(ended, (int)Math.Ceiling(cells * failures));
        var bar = new Paragraph()
            .Append(new string('█', ended - failed), new Style(Color.Green))
            .Append(new string('▒', failed), new Style(Color.Red))
            .Append(new string('░', cells - ended), new Style(Color.Grey));
        return new Columns(bar, new Text(label)).Collapse();
    }
}
