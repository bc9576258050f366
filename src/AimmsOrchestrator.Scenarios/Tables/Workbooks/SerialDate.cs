using System.Globalization;

namespace AimmsOrchestrator.Scenarios.Tables.Workbooks;

/// <summary>
/// A workbook's dates: days since the end of 1899, or since 1 January 1904, with the time of day as a fraction. They are
/// rounded to milliseconds, because a fraction of a day is hardly ever exact.
/// </summary>
internal static class SerialDate
{
    private const double MillisecondsPerDay = 86_400_000;
    private const string DateForm = "yyyy-MM-dd";
    private const string MomentForm = "yyyy-MM-dd'T'HH:mm:ss.FFF";

    /// <summary>A date in Excel's 1900 system that never was: 29 February 1900.</summary>
    private const long NoSuchDay = 60;

    /// <summary>ISO 8601: a date, a date with a time, or below one day a time; null beyond the years that Excel knows.</summary>
    public static string? Text(double serial, bool uses1904)
    {
        if (!(serial >= 0 && serial < 3_000_000))
        {
            return null;
        }

        if (serial < 1 && !uses1904)
        {
            var time = Math.Min(Math.Round(serial * MillisecondsPerDay), MillisecondsPerDay - 1);
            return TimeOnly
                .MinValue.Add(TimeSpan.FromMilliseconds(time))
                .ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture);
        }

        var milliseconds = (long)Math.Round(serial * MillisecondsPerDay);
        var day = milliseconds / (long)MillisecondsPerDay;
        if (!uses1904 && day == NoSuchDay)
        {
            return null;
        }

        var epoch =
            uses1904 ? new DateTime(1904, 1, 1)
            : day < NoSuchDay ? new DateTime(1899, 12, 31)
            : new DateTime(1899, 12, 30);
        var moment = epoch.AddMilliseconds(milliseconds);
        return moment.Year > 9999 ? null : Text(moment);
    }

    /// <summary>ISO 8601, without the time at midnight.</summary>
    public static string Text(DateTime moment) =>
        moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? DateForm : MomentForm, CultureInfo.InvariantCulture);

    /// <summary>Hours, minutes and seconds; null beyond a thousand years.</summary>
    public static string? Elapsed(double days)
    {
        if (!(Math.Abs(days) < 365_250))
        {
            return null;
        }

        var time = TimeSpan.FromMilliseconds(Math.Round(Math.Abs(days) * MillisecondsPerDay));
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{(days < 0 ? "-" : "")}{(long)time.TotalHours:00}:{time:mm\\:ss\\.FFF}"
            )
            .TrimEnd('.');
    }
}
