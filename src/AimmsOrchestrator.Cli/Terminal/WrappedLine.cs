using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// A line that is longer than a terminal is wide, broken between its words. A command in backticks stays in one piece where
/// it fits, so that it can be copied; a word that is wider than the terminal stays whole, as a path or an address must. In a
/// row of two columns, which two blanks divide, the second continues below itself.
/// </summary>
internal static partial class WrappedLine
{
    /// <param name="line">One line of harmless text; the blanks that it begins with are its indent.</param>
    /// <param name="width">The terminal's, in columns.</param>
    /// <param name="hang">How much further to the right each part after the first begins.</param>
    /// <returns>The line as it is where it fits; else its parts.</returns>
    public static IEnumerable<string> Of(string line, int width, int hang = 2)
    {
        if (line.GetCellWidth() <= width)
        {
            yield return line;
            yield break;
        }

        var indent = line.Length - line.TrimStart(' ').Length;
        var (part, below) = (new string(' ', indent), indent + hang);
        if (FirstColumn().Match(line) is { Success: true } first && first.Value.GetCellWidth() <= width / 2)
        {
            (part, below) = (first.Value, first.Value.GetCellWidth());
            line = line[first.Length..];
        }

        var isEmpty = true;
        foreach (var word in Words().Matches(line).SelectMany(match => Pieces(match.Value, width - below)))
        {
            if (!isEmpty && part.GetCellWidth() + 1 + word.GetCellWidth() > width)
            {
                yield return part;
                part = new string(' ', below);
                isEmpty = true;
            }

            part += isEmpty ? word : $" {word}";
            isEmpty = false;
        }

        yield return part;
    }

    private static IEnumerable<string> Pieces(string word, int width) =>
        word.GetCellWidth() <= width ? [word] : word.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(
        @"^ *\S+( \S+)* {2,}(?=\S)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex FirstColumn();

    [GeneratedRegex(
        @"[^\s`]*`[^`]*`\S*|\S+",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex Words();
}
