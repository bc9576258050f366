using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Wire;

/// <summary>
/// When a submit wants its task to start, and how often: the cloud's <c>scheduleFor</c>, <c>scheduleIn</c> and
/// <c>scheduleInterval</c>.
/// </summary>
internal readonly partial record struct Schedule
{
    /// <summary>In milliseconds, for a pattern: a net under one that never ends, and no measure of speed.</summary>
    private const int LongestMatch = 60_000;

    /// <summary>Further ahead than any rehearsal lasts.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private static readonly string[] Names = ["scheduleFor", "scheduleIn", "scheduleInterval"];

    /// <summary>As the cloud's documentation has it: what follows the minutes may be left out, and the zone is UTC then.</summary>
    private static readonly string[] Moments =
    [
        .. from date in (string[])["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"]
        from zone in (string[])["", " zzz", "zzz"]
        select date + zone,
    ];

    /// <summary>Not before this moment; null for at once.</summary>
    public DateTimeOffset? At { get; private init; }

    /// <summary>From one start to the next; null for one task.</summary>
    public TimeSpan? Interval { get; private init; }

    /// <summary>The interval as it was sent; empty without one.</summary>
    public string IntervalText { get; private init; }

    /// <summary>Why the service refuses the submit; null where it does not.</summary>
    public string? Problem { get; private init; }

    /// <param name="query">The submit's parameters.</param>
    /// <param name="dialect">The host and version: only version 2 of the cloud has schedules.</param>
    /// <param name="now">The service's time.</param>
    public static Schedule Of(IQueryCollection query, Dialect dialect, DateTimeOffset now)
    {
        var schedule = new Schedule { IntervalText = "" };
        foreach (var name in Names.Where(query.ContainsKey))
        {
            if (dialect is not { IsCloud: true, IsV1: false })
            {
                return new Schedule { Problem = $"{name}: only version 2 of the cloud schedules tasks" };
            }

            schedule = schedule.With(name, query[name].ToString(), now);
        }

        return schedule;
    }

    private Schedule With(string name, string text, DateTimeOffset now) =>
        name switch
        {
            _ when Problem is not null => this,
            "scheduleFor" when Moment(text) is { } moment => StartingAt(name, moment, now),
            "scheduleFor" => Refused($"{name}: \"{text}\" is not YYYY-MM-DD hh:mm[:ss[.ms]] [+/-HH:MM]"),
            _ when Duration(text) is not { } => Refused(
                $"{name}: \"{text}\" is neither an ISO 8601 duration nor a text such as 1 day"
            ),
            "scheduleIn" => StartingAt(name, now + Duration(text)!.Value, now),
            _ when Duration(text) < ShortestInterval => Refused($"{name}: 1 second or more"),
            _ => this with { Interval = Duration(text), IntervalText = text },
        };

    private Schedule StartingAt(string name, DateTimeOffset moment, DateTimeOffset now) =>
        moment - now <= Longest
            ? this with
            {
                At = moment,
            }
            : Refused($"{name}: this service schedules tasks for the next {Longest.TotalDays:0} days");

    private Schedule Refused(string problem) => this with { Problem = problem };

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
        LongestMatch
    )]
    private static partial Regex Words();

    [GeneratedRegex(@" +(?=\d\d:\d\d$)(?<=:\d\d(:\d\d(\.\d+)?)? +)", RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex UnescapedPlus();
}
