using System.Text;
using AimmsOrchestrator.Scenarios.Expressions;

namespace AimmsOrchestrator.Scenarios.Drafts;

/// <summary>Words that expressions can use, from whatever a file calls a thing; each is given once.</summary>
public sealed class DraftNames
{
    /// <summary>Words of ECMAScript's strict mode that are no names.</summary>
    private static readonly HashSet<string> Reserved =
    [
        .. "break case catch class const continue debugger default delete do else enum export extends false finally".Split(
            ' '
        ),
        .. "for function if implements import in instanceof interface let new null package private protected public".Split(
            ' '
        ),
        .. "return static super switch this throw true try typeof var void while with yield await async eval".Split(
            ' '
        ),
        .. "arguments undefined NaN Infinity Math Number String JSON Object Array Boolean Date name include exclude".Split(
            ' '
        ),
        .. Scope.ReservedNames,
    ];

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>A name from the last parts of a path: as few of them as make it another one than those before.</summary>
    public string Of(params IReadOnlyList<string> path)
    {
        for (var parts = 1; parts <= path.Count; parts++)
        {
            var name = Word(string.Join('_', path.Skip(path.Count - parts)));
            if (_given.Add(name))
            {
                return name;
            }
        }

        var whole = Word(string.Join('_', path));
        for (var number = 2; ; number++)
        {
            if (_given.Add($"{whole}_{number}"))
            {
                return $"{whole}_{number}";
            }
        }
    }

    /// <summary>Letters of any script, digits and underscores.</summary>
    public static string Word(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(c);
            }
            else if (word.Length > 0 && word[^1] != '_')
            {
                word.Append('_');
            }
        }

        var name = word.ToString().Trim('_');
        return name.Length == 0 ? "value"
            : char.IsDigit(name[0]) ? $"p{name}"
            : Reserved.Contains(name) ? $"{name}_"
            : name;
    }

    /// <summary>A scenario's name: letters, digits, dashes and dots.</summary>
    public static string Scenario(string text)
    {
        var name = new string([
            .. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'),
        ]).Trim('-', '.');
        return name.Length == 0 ? "scenario"
            : name.Length > 100 ? name[..100]
            : name;
    }
}
