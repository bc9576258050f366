using System.Globalization;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>Submits: <c>POST …/tasks</c>.</summary>
internal sealed class SubmitEndpoint(
    EmulatorOptions options,
    TaskQueue queue,
    ModelLibrary models,
    Applications applications,
    SeededRandom random,
    TimeProvider time
)
{
    private readonly EncodingFaults _encodings = new(options.Faults, random);

    /// <summary><c>POST tasks/{service}</c>, <c>tasks/{app}/{service}</c> or <c>tasks/{app}/{version}/{service}</c>.</summary>
    public async Task SubmitAsync(HttpContext context, ServiceRoute route)
    {
        var names = route.Parts[1..];
        var dialect = route.Dialect;
        if (names.Length == 0 || names.Length > (dialect.IsCloud ? 3 : 1))
        {
            await Responses.EmptyAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        var service = names[^1];
        if (Refusal(service, dialect) is { } refusal)
        {
            await Responses.ErrorAsync(context, StatusCodes.Status403Forbidden, 30403, refusal);
            return;
        }

        if (models.Find(service) is OwnModel { Queue: { } most } && queue.CountWaiting(service) >= most)
        {
            await Responses.TooManyRequestsAsync(context, retryAfterSeconds: 1);
            return;
        }

        var hook = dialect is { IsCloud: true, IsV1: false }
            ? context.Request.Headers[StateHook.Header].ToString()
            : "";
        var schedule = Schedule.Of(context.Request.Query, dialect, time.GetUtcNow());
        var version = dialect.IsCloud ? VersionOf(names) : (Text: "0.0", Problem: null);
        var problem = schedule.Problem ?? version.Problem ?? ProblemOf(hook);
        if (problem is not null)
        {
            await Responses.ErrorAsync(context, StatusCodes.Status400BadRequest, 30400, problem);
            return;
        }

        var (body, mediaType) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
        var task = NewTask(
            dialect.IsCloud ? names[0] : "unnamed",
            version.Text,
            service,
            new ModelCall(body, mediaType, time),
            (StateHook.Parse(hook), schedule)
        );

        // Written before the task can begin: a submit is answered with a queued task.
        var response = Responses.Json(dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()));
        if (await IsLostAsync(context, task))
        {
            return;
        }

        if (await WaitedForEndAsync(context, task))
        {
            response = Responses.Json(dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()));
        }

        await _encodings.TaskAsync(context, response);
    }

    /// <summary>Why a service is refused; null where it is taken. The cloud takes a task of an unknown service, and lets it fail.</summary>
    private string? Refusal(string service, Dialect dialect) =>
        !dialect.IsCloud && models.Find(service) is null
            ? $"there is no service \"{service}\"; there are {string.Join(", ", models.Names)}"
            : models.Problem(service);

    /// <summary>
    /// The version that a submit names; where it names none, the one tagged latest of an application that was published here,
    /// and 1.0 of any other.
    /// </summary>
    private (string Text, string? Problem) VersionOf(string[] names) =>
        names.Length == 3 ? (names[1], null)
        : !applications.Has(names[0]) ? ("1.0", null)
        : applications.Latest(names[0]) is { } latest ? (latest, null)
        : ("", $"App {names[0]} with latest tag doesn't exist.");

    /// <summary>Takes the task, unless a fault prevents it.</summary>
    /// <returns>Whether a fault has answered or cut off the request.</returns>
    private async Task<bool> IsLostAsync(HttpContext context, EmulatedTask task)
    {
        if (queue.IsLostAt(options.Faults.ForgetAllAfter))
        {
            context.Abort();
            return true;
        }

        queue.Add(task);
        if (random.Happens(options.Faults.CutAfterTaken))
        {
            context.Abort();
            return true;
        }

        if (random.Happens(options.Faults.ErrorAfterTaken))
        {
            await ErrorAfterTakenAsync(context);
            return true;
        }

        return false;
    }

    /// <summary>What a gateway says whose upstream died after it had the request, or what the service itself says.</summary>
    private Task ErrorAfterTakenAsync(HttpContext context) =>
        (int)(random.Next() * 3) switch
        {
            0 => Responses.ErrorAsync(
                context,
                StatusCodes.Status500InternalServerError,
                30001,
                "internal server error"
            ),
            1 => Responses.PageAsync(context, StatusCodes.Status502BadGateway, "502 Bad Gateway"),
            _ => Responses.PageAsync(context, StatusCodes.Status504GatewayTimeout, "504 Gateway Time-out"),
        };

    private static string? ProblemOf(string hook) =>
        hook.Length > 0 && StateHook.Parse(hook) is null ? $"{StateHook.Header}: not an http or https address" : null;

    private EmulatedTask NewTask(
        string app,
        string version,
        string service,
        ModelCall call,
        (StateHook? Hook, Schedule Schedule) extras
    ) =>
        new(Guid.NewGuid().ToString(), app, version, service, call, time.GetUtcNow())
        {
            Hook = extras.Hook,
            StartsAt = extras.Schedule.At,
            Recurrence = extras.Schedule.Interval is { } interval
                ? new Recurrence(interval, extras.Schedule.IntervalText, call.Body)
                : null,
            GroupIndex = extras.Schedule.Interval is null ? null : 0,
            IsStuck = random.Happens(options.Faults.StickTask),
            FailsAtOnce = random.Happens(options.Faults.FailTask),
            FailsWithDocument = random.Happens(options.Faults.FailWithDocument),
            IsForgetful = random.Happens(options.Faults.ForgetTask),
        };

    /// <summary>A submit's <c>?completionTimeout=</c> in milliseconds: how long the answer waits for the task's end (localhost's own).</summary>
    private async Task<bool> WaitedForEndAsync(HttpContext context, EmulatedTask task)
    {
        var text = context.Request.Query["completionTimeout"].ToString();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return false;
        }

        var deadline = time.GetUtcNow() + TimeSpan.FromMilliseconds(milliseconds);
        while (!task.IsEnded && time.GetUtcNow() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, context.RequestAborted);
        }

        return true;
    }
}
