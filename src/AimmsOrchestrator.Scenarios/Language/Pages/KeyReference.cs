using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Language.Pages;

/// <summary>The pages of all keys, from the tables by which scenarios are read.</summary>
public static partial class KeyReference
{
    /// <summary>A key below itself (sweeps in a sweep) is shown once.</summary>
    private const int Deepest = 6;

    /// <summary>The keys of a scenario itself.</summary>
    public static IReadOnlyList<KeyPage> TopLevel { get; } = Pages(ScenarioSchemas.Scenario, parent: "", depth: 0);

    /// <summary>Every key, each before those below it.</summary>
    public static IReadOnlyList<KeyPage> All { get; } = [.. TopLevel.SelectMany(WithChildren)];

    /// <summary>
    /// The page of a key: by its whole path, by its last part where that is one key's only, or by a word that other programs
    /// have for it. Several pages where the word fits several keys, none where it fits no key.
    /// </summary>
    public static IReadOnlyList<KeyPage> Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var path = Segments(word);
        if (Walk(path.Split('.')) is { } exact)
        {
            return [exact];
        }

        var ending = $".{path}";
        var found = All.Where(page => page.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count > 0
            ? found
            : Synonyms
                .Of(LastPart(path))
                .Where(meaning => meaning != path)
                .Select(Find)
                .FirstOrDefault(pages => pages.Count > 0)
                ?? [];
    }

    /// <summary>The page at the end of a path; names that the author chooses, such as a parameter's, may stand in it.</summary>
    private static KeyPage? Walk(IReadOnlyList<string> path)
    {
        KeyPage? at = null;
        foreach (var part in path)
        {
            var next = (at?.Keys ?? TopLevel).FirstOrDefault(page =>
                LastPart(page.Path).Equals(part, StringComparison.OrdinalIgnoreCase)
            );
            if (next is null && at is not { HasNames: true })
            {
                return null;
            }

            at = next ?? at;
        }

        return at;
    }

    /// <summary>The nearest key to a word that is none; null where none is near.</summary>
    public static string? Nearest(string word)
    {
        var path = Segments(word);
        return DidYouMean.Among(path, All.Select(page => page.Path))
            ?? (
                DidYouMean.Among(
                    LastPart(path),
                    All.Select(page => LastPart(page.Path)).Distinct(StringComparer.Ordinal)
                )
                    is { } part
                    ? All.First(page => LastPart(page.Path) == part).Path
                    : null
            );
    }

    /// <summary>A list's items and the brackets of a mapping in a path say nothing of their own.</summary>
    private static string Segments(string word) =>
        string.Join('.', Indexes().Replace(word, "").Split(['.', '/'], StringSplitOptions.RemoveEmptyEntries));

    private static string LastPart(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static IEnumerable<KeyPage> WithChildren(KeyPage page) => page.Keys.SelectMany(WithChildren).Prepend(page);

    private static List<KeyPage> Pages(ObjectSchema schema, string parent, int depth) =>
        depth > Deepest
            ? []
            :
            [
                .. schema.Select(property =>
                {
                    var path = parent.Length == 0 ? property.Name : $"{parent}.{property.Name}";
                    return new KeyPage(path, property.Description, property.Schema.Form)
                    {
                        IsRequired = property.Schema.IsRequired,
                        HasNames = property.Schema.HasNames,
                        Default = DefaultIn(property.Description),
                        Example = KeyExamples.Of(path),
                        Keys =
                        [
                            .. property
                                .Schema.Mappings.Where(below => below != SweepSchemas.Sweep || depth == 0)
                                .SelectMany(below => Pages(below, path, depth + 1))
                                .DistinctBy(page => page.Path),
                        ],
                    };
                }),
            ];

    private static string? DefaultIn(string description) =>
        LeftOut().Match(description) is { Success: true } match ? match.Groups["default"].Value : null;

    [GeneratedRegex(
        @"(^|[;:,(] ?)(?<default>[^;:,(]+?),? if left out",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"\[[0-9]*\]", RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Indexes();
}
