using System.Globalization;

namespace AimmsOrchestrator.Reports;

/// <summary>A duration as a reader takes it in: <c>12.5 ms</c>, <c>3.2 s</c>, <c>4 min 5 s</c>, <c>1,020 h 3 min</c>.</summary>
public static class DurationWords
{
    /// <summary>The duration in its two largest units.</summary>
    public static string Of(TimeSpan duration) =>
        duration.TotalSeconds switch
        {
            < 0.1 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.##} ms"),
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.##} s"),
            < 3600 => duration.ToString("m' min 's' s'", CultureInfo.InvariantCulture),
            var seconds => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Floor(seconds / 3600):#,0} h {Math.Floor(seconds % 3600 / 60):0} min"
            ),
        };
}
