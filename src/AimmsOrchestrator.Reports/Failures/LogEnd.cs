namespace AimmsOrchestrator.Reports.Failures;

/// <summary>The last lines of a task's log, where it says why the task failed.</summary>
/// <param name="Run">The run's place in its batch.</param>
/// <param name="Lines">The lines, cut to a width that a page can show.</param>
/// <param name="Omitted">How many lines stand before them.</param>
public sealed record LogEnd(long Run, IReadOnlyList<string> Lines, int Omitted)
{
    private const int MostLines = 20;
    private const int WidestLine = 400;

    /// <param name="run">The run's place in its batch.</param>
    /// <param name="log">The whole log.</param>
    public static LogEnd Of(long run, string log)
    {
        var lines = log.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return new LogEnd(run, [.. lines.TakeLast(MostLines).Select(Cut)], Math.Max(0, lines.Length - MostLines));
    }

    private static string Cut(string line) => line.Length <= WidestLine ? line : $"{line[..WidestLine]}…";
}
