using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Scenarios.Reading;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>How the keys are written that this version checks and does not carry out yet.</summary>
internal static partial class PlannedForms
{
    /// <summary>A duration, or a multiple of what runs usually take.</summary>
    public static Form TimeLimit { get; } =
        Form.Written(
            """{ "type": "string" }""",
            text => Durations.Parse(text) > TimeSpan.Zero || Median().IsMatch(text),
            "a duration, such as 90s, 5m or 3x median"
        );

    /// <summary>A time of day, perhaps with a zone by name or by its offset.</summary>
    public static Form TimeOfDay { get; } =
        Form.Written(
            """{ "type": "string" }""",
            IsTimeOfDay,
            "a time of day, such as \"06:00\" or \"06:00 Europe/Amsterdam\""
        );

    public static Form Formats { get; } = Form.ListOf(Form.Word("csv", "jsonl", "xlsx", "html", "md", "parquet"));

    private static bool IsTimeOfDay(string text)
    {
        var parts = text.Split(' ', 2, StringSplitOptions.TrimEntries);
        return IsClock(parts[0]) && (parts.Length == 1 || IsZone(parts[1]));
    }

    private static bool IsClock(string text) =>
        TimeOnly.TryParseExact(
            text,
            ["H:mm", "HH:mm", "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        );

    private static bool IsZone(string text) =>
        Offset().IsMatch(text) || TimeZoneInfo.TryFindSystemTimeZoneById(text, out _);

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)? ?x median$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Median();

    [GeneratedRegex(@"^(Z|UTC|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Offset();
}
