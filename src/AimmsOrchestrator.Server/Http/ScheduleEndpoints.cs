using System.Security.Claims;
using AimmsOrchestrator.Domain.Schedules;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Answers;
using AimmsOrchestrator.Server.OpenApi;
using AimmsOrchestrator.Server.Schedules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AimmsOrchestrator.Server.Http;

/// <summary>Schedules: everybody reads them, runners change their own, admins any.</summary>
internal static class ScheduleEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/schedules", List)
            .RequireAuthorization(Callers.Viewer)
            .Described("listSchedules", "The schedules, with their next times")
            .Produces<IReadOnlyList<ScheduleDocument>>();
        api.MapGet("/schedules/{number:long}", One)
            .RequireAuthorization(Callers.Viewer)
            .Described("getSchedule", "A schedule, with its next times", 404)
            .Produces<ScheduleDocument>();
        api.MapDelete("/schedules/{number:long}", Remove)
            .RequireAuthorization(Callers.Runner)
            .Described("removeSchedule", "Removes a schedule; its batches stay", 404)
            .Produces(204);
        Post(
            api,
            "pause",
            "Begins no batches until it is continued",
            (book, number, now, _) => book.Pause(number, now)
        );
        Post(
            api,
            "continue",
            "Begins batches again, from the next time on",
            (book, number, now, times) => book.Unpause(number, times?.After(now))
        );
    }

    private static void Post(
        IEndpointRouteBuilder api,
        string action,
        string summary,
        Func<IScheduleBook, long, DateTimeOffset, Scenarios.CronSchedule?, bool> act
    ) =>
        api.MapPost(
                $"/schedules/{{number:long}}/{action}",
                (
                    long number,
                    ClaimsPrincipal caller,
                    ScheduleBook schedules,
                    AccessControl access,
                    TimeProvider time
                ) =>
                {
                    if (Refused(schedules, number, caller, out var schedule) is { } refused)
                    {
                        return refused;
                    }

                    var times = ScheduleBook.TimesOf(schedule!);
                    if (!schedules.With(book => act(book, number, time.GetUtcNow(), times)))
                    {
                        return Problems.Of(
                            409,
                            $"schedule {number} is {(schedule!.PausedAt is null ? "not paused" : "paused already")}"
                        );
                    }

                    access.Audit(caller.Author(), $"{action} schedule", batch: null, $"{number}: {schedule!.Scenario}");
                    return schedules.With(book => book.Find(number)) is { } now
                        ? TypedResults.Accepted((string?)null, schedules.DocumentOf(now))
                        : Missing(number);
                }
            )
            .RequireAuthorization(Callers.Runner)
            .Described($"{action}Schedule", summary, 404, 409)
            .Produces<ScheduleDocument>(202);

    private static IResult List(ScheduleBook schedules) =>
        TypedResults.Ok<IReadOnlyList<ScheduleDocument>>([
            .. schedules.With(book => book.All()).Select(schedules.DocumentOf),
        ]);

    private static IResult One(long number, ScheduleBook schedules) =>
        schedules.With(book => book.Find(number)) is { } schedule
            ? TypedResults.Ok(schedules.DocumentOf(schedule))
            : Missing(number);

    private static IResult Remove(long number, ClaimsPrincipal caller, ScheduleBook schedules, AccessControl access)
    {
        if (Refused(schedules, number, caller, out var schedule) is { } refused)
        {
            return refused;
        }

        schedules.With(book => book.Remove(number));
        access.Audit(caller.Author(), "remove schedule", batch: null, $"{number}: {schedule!.Scenario}");
        return TypedResults.NoContent();
    }

    private static IResult? Refused(ScheduleBook schedules, long number, ClaimsPrincipal caller, out Schedule? schedule)
    {
        schedule = schedules.With(book => book.Find(number));
        return schedule is null ? Missing(number)
            : caller.IsInRole(Callers.Admin) || schedule.Owner == caller.Author() ? null
            : Problems.Of(
                403,
                $"schedule {number} belongs to {schedule.Owner}: only its owner or an admin may do this"
            );
    }

    private static IResult Missing(long number) => Problems.Of(404, $"there is no schedule {number}");
}
