using System.Globalization;

namespace AimmsOrchestrator.Scenarios.Expressions;

/// <summary>Recognizes names and plain paths without a parser: most expressions are just that.</summary>
internal static class PathScanner
{
    /// <summary>The members of every object's prototype: only the engine can evaluate a path through one of these.</summary>
    private static readonly HashSet<string> Inherited =
    [
        .. "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".Split(' '),
        .. "__proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__".Split(' '),
    ];

    /// <summary>Literals and keywords, which are no names.</summary>
    private static readonly HashSet<string> Words =
    [
        .. "true false null undefined NaN Infinity this new typeof void delete function class yield await async".Split(
            ' '
        ),
        .. "let static super import if else for while do return throw try switch case var const with debugger".Split(
            ' '
        ),
        .. "break catch continue default enum export extends finally in instanceof implements interface".Split(' '),
        .. "package private protected public arguments eval".Split(' '),
    ];

    /// <summary>Whether the text is a literal in every expression, and so cannot be a name.</summary>
    public static bool IsLiteral(string text) =>
        text is "true" or "false" or "null" or "undefined" or "NaN" or "Infinity" or "this";

    /// <summary>The root's name and the steps behind it; null where the text is anything else.</summary>
    public static (string Root, List<PathStep> Steps)? Scan(string code)
    {
        var at = NameEnd(code, 0);
        var root = code[..at];
        if (at == 0 || Words.Contains(root))
        {
            return null;
        }

        var steps = new List<PathStep>();
        while (at < code.Length)
        {
            var start = at + 1;
            if (code[at] == '.' && NameEnd(code, start) is var end && end > start)
            {
                steps.Add(new PathStep(code[start..end], -1));
                at = end;
            }
            else if (code[at] == '[' && code.IndexOf(']', start) is var close && close > start)
            {
                var digits = code[start..close];
                if (
                    !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    || digits != $"{index}"
                )
                {
                    return null;
                }

                steps.Add(new PathStep(digits, index));
                at = close + 1;
            }
            else
            {
                return null;
            }

            if (Inherited.Contains(steps[^1].Name))
            {
                return null;
            }
        }

        return (root, steps);
    }

    private static int NameEnd(string text, int start)
    {
        var at = start;
        while (
            at < text.Length
            && (char.IsLetter(text[at]) || text[at] is '_' or '$' || (at > start && char.IsDigit(text[at])))
        )
        {
            at++;
        }

        return at;
    }
}
