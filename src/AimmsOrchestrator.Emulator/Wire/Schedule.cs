using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Wire;

/// <summary>When a submit wants its task to start: the cloud's <c>scheduleFor</c> and <c>scheduleIn</c>.</summary>
/// <param name="At">Not before this moment; null for at once.</param>
/// <param name="Problem">Why the service refuses the submit; null where it does not.</param>
internal readonly partial record struct Schedule(DateTimeOffset? At, string? Problem)
{
    /// <summary>Further ahead than any rehearsal lasts.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly string[] Names = ["scheduleFor", "scheduleIn", "scheduleInterval"];

    /// <summary>As the cloud's documentation has it: what follows the minutes may be left out, and the zone is UTC then.</summary>
    private static readonly string[] Moments =
    [
        .. from date in (string[])["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"]
        from zone in (string[])["", " zzz", "zzz"]
        select date + zone,
    ];

    /// <param name="query">The submit's parameters.</param>
    /// <param name="dialect">The host and version: only version 2 of the cloud has schedules.</param>
    /// <param name="now">The service's time.</param>
    public static Schedule Of(IQueryCollection query, Dialect dialect, DateTimeOffset now)
    {
        if (Names.FirstOrDefault(query.ContainsKey) is not { } name)
        {
            return default;
        }

        if (dialect is not { IsCloud: true, IsV1: false })
        {
            return new Schedule(null, $"{name}: only version 2 of the cloud schedules tasks");
        }

        var text = query[name].ToString();
        return name switch
        {
            "scheduleFor" when Moment(text) is { } moment => Within(name, moment, now),
            "scheduleFor" => new Schedule(null, $"{name}: \"{text}\" is not YYYY-MM-DD hh:mm[:ss[.ms]] [+/-HH:MM]"),
            "scheduleIn" when Duration(text) is { } wait => Within(name, now + wait, now),
            "scheduleIn" => new Schedule(
                null,
                $"{name}: \"{text}\" is neither an ISO 8601 duration nor a text such as 1 day"
            ),
            _ => new Schedule(null, $"{name}: this service repeats no task"),
        };
    }

    private static Schedule Within(string name, DateTimeOffset moment, DateTimeOffset now) =>
        moment - now <= Longest
            ? new Schedule(moment, null)
            : new Schedule(null, $"{name}: this service schedules tasks for the next {Longest.TotalDays:0} days");

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(
            // An unescaped plus sign in a query is a blank.
            UnescapedPlus().Replace(text, " +"),
            Moments,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;

    /// <summary>Up to a year; null for no duration.</summary>
    private static TimeSpan? Duration(string text)
    {
        if (Words().Match(text) is { Success: true } words)
        {
            var days = words.Groups["unit"].Value.ToUpperInvariant() switch
            {
                "SECOND" => 1 / 86_400d,
                "MINUTE" => 1 / 1_440d,
                "HOUR" => 1 / 24d,
                "DAY" => 1,
                "WEEK" => 7,
                "MONTH" => 30,
                _ => 365,
            };
            return TimeSpan.FromDays(int.Parse(words.Groups["count"].Value, CultureInfo.InvariantCulture) * days);
        }

        try
        {
            return text.StartsWith('P') && XmlConvert.ToTimeSpan(text) is { Ticks: >= 0 } duration ? duration : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"^\s*(?<count>\d{1,6})\s*(?<unit>second|minute|hour|day|week|month|year)s?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Words();

    [GeneratedRegex(@" +(?=\d\d:\d\d$)(?<=:\d\d(:\d\d(\.\d+)?)? +)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex UnescapedPlus();
}
