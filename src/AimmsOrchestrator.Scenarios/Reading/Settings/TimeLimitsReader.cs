using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>timeouts</c>: durations, or multiples of the runs' median duration.</summary>
internal static partial class TimeLimitsReader
{
    public static TimeLimits Read(Node? node, DiagnosticBag diagnostics)
    {
        if (Section.Read(node, ScenarioSchemas.Timeouts, diagnostics) is not { } section)
        {
            return TimeLimits.None;
        }

        return new TimeLimits
        {
            Queue = Limit(section, "queue"),
            Solve = Limit(section, "solve"),
            Run = Limit(section, "run"),
            Grace = section.Duration("grace") ?? TimeLimits.None.Grace,
        };
    }

    private static TimeLimit? Limit(Section section, string key)
    {
        if (section.Scalar(key) is not { } written)
        {
            return null;
        }

        if (
            Median().Match(written.Text) is { Success: true } match
            && double.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) is > 0 and < 1e6 and var times
        )
        {
            return new TimeLimit(Fixed: null, times);
        }

        if (DurationReader.Parse(written.Text) is { } duration && duration > TimeSpan.Zero)
        {
            return new TimeLimit(duration, Medians: null);
        }

        section.Report(key, $"{written.Description} is not a limit on time; write 90s, 5m or 3x median");
        return null;
    }

    [GeneratedRegex(@"^(?<n>[0-9]+(\.[0-9]+)?) ?x median$", RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Median();
}
