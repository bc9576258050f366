using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Language;
using AimmsOrchestrator.Scenarios.Reading.Sections;
using AimmsOrchestrator.Scenarios.Yaml;

namespace AimmsOrchestrator.Scenarios.Reading.Settings;

/// <summary>Reads <c>schedule</c>.</summary>
internal static class ScheduleReader
{
    private const string DefaultZone = "UTC";

    public static CronSchedule? Read(Node? node, DiagnosticBag diagnostics)
    {
        if (Section.Read(node, ScenarioSchemas.Schedule, diagnostics) is not { } section)
        {
            return null;
        }

        section.Require("cron", "it says when, such as 0 19 * * MON-FRI");
        var overlap = section.Word("overlap") == "queue" ? ScheduleOverlap.Queue : ScheduleOverlap.Skip;
        var zone = section.Scalar("zone");
        if (section.Scalar("cron") is not { } cron)
        {
            return null;
        }

        var (schedule, cronProblem, zoneProblem) = CronSchedule.Parse(cron.Text, zone?.Text ?? DefaultZone);
        if (cronProblem is not null)
        {
            section.Report("cron", $"{cron.Description} {cronProblem}");
        }

        if (zoneProblem is not null)
        {
            section.Report("zone", $"{zone!.Description} {zoneProblem}{NearZone(zone.Text)}");
        }

        return schedule is null ? null : schedule.With(overlap);
    }

    private static string NearZone(string zone) =>
        DidYouMean.Hint(zone, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id));
}
