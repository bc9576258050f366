using System.Text.Json;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Results;

/// <summary>Says which member of a response an expression asks for in vain.</summary>
internal static partial class MissingMember
{
    private const int LongestList = 12;

    /// <summary>The first member that the code takes from the response and that is not there, in words; null where all are.</summary>
    /// <param name="code">The expression.</param>
    /// <param name="response">A response.</param>
    public static string? In(string code, JsonElement response)
    {
        foreach (Match path in Paths().Matches(code))
        {
            var here = response;
            var walked = "the response";
            foreach (var name in path.Groups["name"].Captures.Select(capture => capture.Value))
            {
                // What is no object has methods, which this cannot judge.
                if (here.ValueKind != JsonValueKind.Object)
                {
                    break;
                }

                if (!here.TryGetProperty(name, out var next))
                {
                    return $"{walked} has no \"{name}\"{Hint(name, here)}";
                }

                (here, walked) = (next, walked == "the response" ? name : $"{walked}.{name}");
            }
        }

        return null;
    }

    private static string Hint(string name, JsonElement parent)
    {
        var names = parent.EnumerateObject().Select(member => member.Name).Distinct(StringComparer.Ordinal).ToList();
        var near = DidYouMean.Hint(name, names);
        return near.Length > 0 || names.Count == 0 ? near
            : names.Count > LongestList
                ? $"; it has {string.Join(", ", names.Take(LongestList))} and {names.Count - LongestList} more"
            : $"; it has {string.Join(", ", names)}";
    }

    [GeneratedRegex(
        @"(?<![\w$.])response(\s*\??\.\s*(?<name>[\p{L}_$][\w$]*))+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: PatternLimit.Milliseconds
    )]
    private static partial Regex Paths();
}
