using System.Globalization;
using System.Text;

namespace AimmsOrchestrator.Cli.Terminal;

/// <summary>
/// Text of a scenario, a service or a model that is about to be shown: one line, and nothing in it that a terminal would
/// obey. An escape sequence in an error message must not move the cursor, and a right-to-left override not turn a number
/// round.
/// </summary>
internal static class Printable
{
    /// <summary>Line ends and tabs as a space each, every other control or directional character as <c>·</c>.</summary>
    public static string OneLine(this string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            line.Append(
                c == '\t' ? ' '
                : IsUnsafe(c) ? '·'
                : c
            );
        }

        return line.ToString();
    }

    /// <summary>One line of at most <paramref name="most"/> characters; what is cut off becomes an ellipsis.</summary>
    public static string OneLine(this string text, int most)
    {
        var line = (text.Length > 4 * most ? text[..(4 * most)] : text).OneLine();
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, Math.Max(0, most - 1)), "…");
    }

    private static bool IsUnsafe(char c) =>
        char.IsControl(c)
        || c
            is '\u2028'
                or '\u2029'
                or '\u200e'
                or '\u200f'
                or (>= '\u202a' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069')
        || char.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned;
}
