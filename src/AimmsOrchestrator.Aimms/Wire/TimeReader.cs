using System.Globalization;

namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>
/// The service's two formats of a time: <c>2024-11-05 08:41:07.000000</c> (cloud, version 2: UTC without saying so) and
/// ISO 8601 with its zone.
/// </summary>
internal static class TimeReader
{
    /// <summary>The time in UTC; null for any other text.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;
}
