using System.Text.Json;
using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Server.Schedules;

/// <summary>The schedules of the workspace, for all threads of this process.</summary>
internal sealed class ScheduleBook(ServerOptions options, AccessControl access, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IScheduleBook _book = options.Workspace.OpenScheduleBook();

    /// <summary>Does something with the schedules; one thread at a time.</summary>
    public T With<T>(Func<IScheduleBook, T> action)
    {
        lock (_lock)
        {
            return action(_book);
        }
    }

    /// <summary>Keeps a schedule; it replaces the one that its owner has of the scenario.</summary>
    /// <returns>The schedule, and whether it replaces one.</returns>
    /// <exception cref="BadHttpRequestException">Its owner has too many, or it never comes.</exception>
    public (Schedule Schedule, bool IsReplaced) Put(
        Scenario scenario,
        Upload upload,
        ScenarioOverrides overrides,
        string owner,
        Priority? priority
    )
    {
        var when = scenario.Schedule!;
        var now = time.GetUtcNow();
        var next =
            when.After(now)
            ?? throw new BadHttpRequestException($"{when.Cron} never comes again", StatusCodes.Status400BadRequest);
        var stored = new StoredScenario(scenario.Source, scenario.Attachments, JsonSerializer.Serialize(overrides));
        lock (_lock)
        {
            var own = _book.All().Where(schedule => schedule.Owner == owner).ToList();
            var isReplaced = own.Exists(schedule => schedule.Scenario == scenario.Name);
            if (!isReplaced && own.Count >= options.Settings.MostSchedules)
            {
                throw new BadHttpRequestException(
                    $"{owner} has {own.Count} schedules, and this server allows {options.Settings.MostSchedules}",
                    StatusCodes.Status429TooManyRequests
                );
            }

            var put = _book.Put(
                new NewSchedule(
                    owner,
                    scenario.Name,
                    when.Cron,
                    when.Zone,
                    when.Overlap,
                    upload.FileName,
                    stored,
                    now,
                    next
                )
                {
                    Priority = priority,
                }
            );
            return (put, isReplaced);
        }
    }

    /// <summary>The times of a schedule; null where this machine does not know its zone.</summary>
    public static CronSchedule? TimesOf(Schedule schedule) => CronSchedule.Parse(schedule.Cron, schedule.Zone).Schedule;

    /// <summary>For callers.</summary>
    public ScheduleDocument DocumentOf(Schedule schedule) =>
        ScheduleDocument.Of(schedule, TimesOf(schedule), access.WhyNot(schedule.Owner), time.GetUtcNow());

    /// <summary>A schedule's scenario as it was submitted.</summary>
    public (Upload Upload, ScenarioOverrides Overrides)? ScenarioOf(long number)
    {
        if (With(book => book.Scenario(number)) is not var (file, stored))
        {
            return null;
        }

        return (new Upload(file, stored.Source, stored.Attachments), StoredScenarios.OverridesOf(stored));
    }

    public void Dispose() => _book.Dispose();
}
