using System.Globalization;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports;

namespace AimmsOrchestrator.Batches.Completion;

/// <summary>What people set of a batch, as facts of its report.</summary>
internal static class ControlFacts
{
    public static IEnumerable<ReportFact> Of(BatchRecord batch, ControlLog controls)
    {
        var lasts = controls.PausedUntil(batch.EndedAt ?? controls.Pause?.At ?? DateTimeOffset.MaxValue);
        if (!batch.IsFinished && controls.Pause is { } pause)
        {
            yield return new ReportFact("paused", Since(pause));
        }

        if (lasts > TimeSpan.Zero)
        {
            yield return new ReportFact("paused before", $"for {Text(lasts)} in all: a part of what it took");
        }

        foreach (var limit in controls.Limits)
        {
            yield return new ReportFact("set", $"{limit.Name}={limit.Value}, at {Moment(limit.At)} by {limit.Author}");
        }
    }

    /// <summary>That a batch is paused; null where it is not.</summary>
    public static string? Pause(BatchRecord batch, ControlLog controls) =>
        !batch.IsFinished && controls.Pause is { } pause ? $"Paused {Since(pause)}." : null;

    private static string Since(ControlSetting pause) => $"since {Moment(pause.At)} by {pause.Author}";

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan duration) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)duration.TotalHours} h {duration.Minutes} min {duration.Seconds} s"
        );
}
