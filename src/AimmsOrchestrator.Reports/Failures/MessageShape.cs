using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>A message without the parts that differ from run to run.</summary>
internal static partial class MessageShape
{
    private const int Longest = 500;

    /// <summary>Quoted texts, addresses, paths, ids and numbers become an ellipsis, white space becomes one blank.</summary>
    public static string Of(string message)
    {
        var text = Changing().Replace(message.Length > 4 * Longest ? message[..(4 * Longest)] : message, "…");
        text = Space().Replace(text, " ").Trim();
        return text.Length > Longest ? text[..Longest] + "…" : text;
    }

    // In this order: quotes, addresses, paths of two segments or more, ids, times and grouped numbers, words with a digit in
    // them. Nothing more: `infeasible:LP2` and `unbounded:LP1` keep their different first words.
    [GeneratedRegex(
        """
            "[^"\n]*" | “[^”\n]*” | `[^`\n]*` | (?<!\w)'[^'\n]*'(?!\w)
            | \b[a-z][a-z0-9+.-]*://[^\s,;)]+
            | (?<![\w.])(?:[A-Za-z]:)?(?:[\\/][\w.~-]+){2,}[\\/]?
            | \b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b
            | \b\d{4}-\d\d-\d\d(?:[T\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?(?!\w)
            | (?<!\w)[-+]?(?>\d+(?:[.,:-]\d+)*)(?!\w)%?
            | (?<!\w)[-+]?(?=\w*\d)\w+(?:\.\d+\w*)*(?:[-+]\d+(?!\w))?%?
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex Changing();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: PatternLimit.Milliseconds)]
    private static partial Regex Space();
}
