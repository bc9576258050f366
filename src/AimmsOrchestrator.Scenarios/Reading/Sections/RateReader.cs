using System.Globalization;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Domain;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Scenarios.Reading.Sections;

/// <summary>Rates as a scenario writes them: <c>20/s</c>, <c>30/min</c>, <c>1000/h</c>.</summary>
public static partial class RateReader
{
    /// <summary>Null where the text is no rate of at least one.</summary>
    public static Rate? Parse(string text)
    {
        var match = Form().Match(text);
        if (
            !match.Success
            || !int.TryParse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture, out var count)
        )
        {
            return null;
        }

        var period = match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        return count > 0 ? new Rate(count, period) : null;
    }

    /// <summary>As a scenario writes it.</summary>
    public static string Text(Rate rate)
    {
        var unit = rate.Period.TotalSeconds switch
        {
            1 => "s",
            60 => "min",
            3600 => "h",
            _ => "d",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{rate.Count}/{unit}");
    }

    [GeneratedRegex(
        "^(?<count>[0-9]+) ?/ ?(?<unit>s|min|h|d)$",
        RegexOptions.ExplicitCapture,
        PatternLimit.Milliseconds
    )]
    private static partial Regex Form();
}
