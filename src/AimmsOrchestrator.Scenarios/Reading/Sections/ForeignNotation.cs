using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Scenarios.Diagnostics;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Texts that another language reads as values, such as <c>70..110</c>, and what is written here.</summary>
internal static partial class ForeignNotation
{
    private const string Number = "-?[0-9]+([.][0-9]+)?(e-?[0-9]+)?";

    /// <summary>How a range is written that a text means, such as <c>{ from: 70, to: 110, step: 1 }</c>; null where it means none.</summary>
    public static string? Range(string text)
    {
        if (Dots().Match(text) is { Success: true } dots)
        {
            return $"{{ from: {dots.Groups["from"]}, to: {dots.Groups["to"]}, step: {Or(dots.Groups["step"], "1")} }}";
        }

        if (Call().Match(text) is not { Success: true } call)
        {
            return null;
        }

        var (from, to, third) = (call.Groups["from"], call.Groups["to"], call.Groups["third"]);
        return call.Groups["name"].Value.ToUpperInvariant() switch
        {
            "LINSPACE" => $"{{ from: {from}, to: {to}, count: {Or(third, "5")} }}",
            "LOGSPACE" or "GEOMSPACE" => $"{{ from: {from}, to: {to}, count: {Or(third, "5")}, scale: log }}",
            "SEQ" => $"{{ from: {from}, to: {to}, step: {Or(third, "1")} }}",
            _ => $"{{ from: {from}, until: {to}, step: {Or(third, "1")} }}",
        };
    }

    /// <summary>How a distribution is written that a text means, such as <c>{ normal: [1, 0.05] }</c>; null where it means none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="known">The distributions.</param>
    public static string? Distribution(string text, IReadOnlyList<string> known)
    {
        if (Function().Match(text) is not { Success: true } call)
        {
            return null;
        }

        var name = call.Groups["name"].Value;
        var meant =
            name == "N" ? "normal"
            : name == "U" ? "uniform"
            : known.Contains(name, StringComparer.OrdinalIgnoreCase) ? name.ToLowerInvariant()
            : DidYouMean.Among(name, known);
        return meant is null ? null : $"{{ {meant}: [{call.Groups["arguments"].Value.Trim()}] }}";
    }

    private static string Or(Group group, string otherwise) => group.Success ? group.Value : otherwise;

    [GeneratedRegex(
        $@"^(?<from>{Number})\s*(\.\.\.?|…)\s*(?<to>{Number})(\s*(\.\.|:|by|step)\s*(?<step>{Number}))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Dots();

    [GeneratedRegex(
        $@"^(np\.|numpy\.)?(?<name>range|arange|linspace|logspace|geomspace|seq)\s*\(\s*(?<from>{Number})\s*,\s*(?<to>{Number})\s*(,\s*(?<third>{Number})\s*)?\)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"^(?<name>[A-Za-z][A-Za-z_-]*)\s*\((?<arguments>[^()]*)\)$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Function();
}
