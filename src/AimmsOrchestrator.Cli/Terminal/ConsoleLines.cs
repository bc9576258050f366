using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>Lines of text among the tables of a console.</summary>
internal static class ConsoleLines
{
    /// <summary>
    /// Writes a line with nothing in it that a terminal would obey. A terminal gets it broken between its words; anything
    /// else gets it as one, since a line that is folded there could no longer be searched for.
    /// </summary>
    public static void Line(this IAnsiConsole console, string line)
    {
        var output = console.Profile.Out;
        foreach (
            var part in output.IsTerminal ? WrappedLine.Of(line.OneLine(), console.Profile.Width) : [line.OneLine()]
        )
        {
            output.Writer.WriteLine(part);
        }
    }
}
