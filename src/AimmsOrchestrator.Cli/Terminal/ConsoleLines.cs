using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Lines of text among the tables of a console.</summary>
internal static class ConsoleLines
{
    /// <summary>
    /// Writes a line as one, with nothing in it that a terminal would obey. A table has to end somewhere where there is no
    /// terminal; a line that is folded there could no longer be searched for.
    /// </summary>
    public static void Line(this IAnsiConsole console, string line) =>
        console.Profile.Out.Writer.WriteLine(line.OneLine());
}
