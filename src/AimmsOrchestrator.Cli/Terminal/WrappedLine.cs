using System.Text.RegularExpressions;
using Spectre.Console;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// A line that is longer than a terminal is wide, broken between its words. A command in backticks stays in one piece where
/// it fits, so that it can be copied; a word that is wider than the terminal stays whole, as a path or an address must.
/// </summary>
internal static partial class WrappedLine
{
    private const int Hang = 2;

    /// <param name="line">One line of harmless text; the blanks that it begins with are its indent.</param>
    /// <param name="width">The terminal's, in columns.</param>
    /// <returns>The line as it is where it fits; else its parts, each after the first a little further to the right.</returns>
    public static IEnumerable<string> Of(string line, int width)
    {
        if (line.GetCellWidth() <= width)
        {
            yield return line;
            yield break;
        }

        var indent = line.Length - line.TrimStart(' ').Length;
        var part = new string(' ', indent);
        var isEmpty = true;
        foreach (var word in Words().Matches(line).SelectMany(match => Pieces(match.Value, width - indent - Hang)))
        {
            if (!isEmpty && part.GetCellWidth() + 1 + word.GetCellWidth() > width)
            {
                yield return part;
                part = new string(' ', indent + Hang);
                isEmpty = true;
            }

            part += isEmpty ? word : $" {word}";
            isEmpty = false;
        }

        yield return part;
    }

    private static IEnumerable<string> Pieces(string word, int width) =>
        word.GetCellWidth() <= width ? [word] : word.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"[^\s`]*`[^`]*`\S*|\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
