using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using AimmsOrchestrator.Domain;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Durations as a scenario writes them: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, <c>500ms</c>, or ISO 8601.</summary>
internal static partial class DurationReader
{
    /// <summary>Null where the text is no duration; months and years have no fixed length and are none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Short().Match(text);
        try
        {
            if (match.Success)
            {
                var number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
                return Unit(match.Groups["unit"].Value) * number;
            }

            return Weeks().Match(text) is { Success: true } weeks
                ? TimeSpan.FromDays(7 * double.Parse(weeks.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))
                : Iso(text);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static TimeSpan? Iso(string text)
    {
        if (!text.StartsWith('P') || Calendar().IsMatch(text))
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TimeSpan Unit(string unit) =>
        unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };

    [GeneratedRegex(
        @"^(?<number>[0-9]+(\.[0-9]+)?) ?(?<unit>ms|s|m|h|d)$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Short();

    [GeneratedRegex(@"^P(?<number>[0-9]+)W$", RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Weeks();

    [GeneratedRegex(@"^P[^T]*[YM]", RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Calendar();
}
