using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>The operations at <c>…/tasks</c>.</summary>
internal sealed class TaskEndpoints(
    EmulatorOptions options,
    TaskQueue queue,
    ModelLibrary models,
    Dice dice,
    TimeProvider time
)
{
    private const int DefaultPage = 100;

    private static readonly string[] Schedules = ["scheduleFor", "scheduleIn", "scheduleInterval"];

    /// <summary><c>POST tasks/{service}</c>, <c>tasks/{app}/{service}</c> or <c>tasks/{app}/{version}/{service}</c>.</summary>
    public async Task SubmitAsync(HttpContext context, ServiceRoute route)
    {
        var names = route.Parts[1..];
        var dialect = route.Dialect;
        if (names.Length == 0 || names.Length > (dialect.IsCloud ? 3 : 1))
        {
            await Answers.EmptyAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        if (Schedules.FirstOrDefault(context.Request.Query.ContainsKey) is { } schedule)
        {
            await Answers.ErrorAsync(
                context,
                StatusCodes.Status400BadRequest,
                30400,
                $"{schedule}: this service starts tasks at once only"
            );
            return;
        }

        var service = names[^1];
        if (!dialect.IsCloud && models.Find(service) is null)
        {
            var known = string.Join(", ", models.Names);
            await Answers.ErrorAsync(
                context,
                StatusCodes.Status403Forbidden,
                30403,
                $"there is no service \"{service}\"; there are {known}"
            );
            return;
        }

        var (body, mediaType) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
        var task = NewTask(names, dialect, new ModelCall(body, mediaType, time));

        // Written before the task can begin: a submit is answered with a queued task.
        var answer = Answers.Json(dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()));
        queue.Add(task);
        if (dice.Roll(options.Faults.CutAfterTaken))
        {
            context.Abort();
            return;
        }

        if (await WaitedForEndAsync(context, task))
        {
            answer = Answers.Json(dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()));
        }

        await Answers.BytesAsync(context, StatusCodes.Status200OK, answer, "application/json");
    }

    private EmulatedTask NewTask(string[] names, Dialect dialect, ModelCall call) =>
        new(
            Guid.NewGuid().ToString(),
            dialect.IsCloud ? names[0] : "unnamed",
            dialect.IsCloud ? (names.Length == 3 ? names[1] : "1.0") : "0.0",
            names[^1],
            call,
            time.GetUtcNow()
        )
        {
            IsStuck = dice.Roll(options.Faults.StickTask),
            FailsAtOnce = dice.Roll(options.Faults.FailTask),
            IsForgetful = dice.Roll(options.Faults.ForgetTask),
        };

    /// <summary><c>GET tasks</c>: newest first; the filters are the cloud's.</summary>
    public Task ListAsync(HttpContext context, Dialect dialect)
    {
        var query = context.Request.Query;
        var now = time.GetUtcNow();
        var listed = queue
            .All()
            .Reverse()
            .Where(t => (now - t.CreatedAt).TotalSeconds >= options.Faults.ListDelaySeconds);
        if (!dialect.IsCloud)
        {
            var everything = listed.ToList();
            return Answers.JsonAsync(
                context,
                dialect,
                writer => TaskWriter.WriteList(writer, everything, everything.Count, dialect, now)
            );
        }

        if (!TryMoment("after", out var after) || !TryMoment("before", out var before))
        {
            return Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, 30400, "after, before: not a date");
        }

        var app = query[dialect.IsV1 ? "projectName" : "appName"].ToString();
        var version = query[dialect.IsV1 ? "projectVersion" : "appVersion"].ToString();
        var matches = listed
            .Where(t => (app.Length == 0 || t.App == app) && (version.Length == 0 || t.Version == version))
            .Where(t => (after is null || t.CreatedAt >= after) && (before is null || t.CreatedAt <= before))
            .ToList();
        var page = matches.Skip(Number("offset", 0)).Take(Number("limit", DefaultPage)).ToList();
        return Answers.JsonAsync(
            context,
            dialect,
            writer => TaskWriter.WriteList(writer, page, matches.Count, dialect, now)
        );

        bool TryMoment(string name, out DateTimeOffset? moment)
        {
            moment = null;
            if (query[name].ToString() is not { Length: > 0 } text)
            {
                return true;
            }

            const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            var isMoment = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var parsed);
            moment = parsed;
            return isMoment;
        }

        int Number(string name, int fallback) =>
            int.TryParse(query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : fallback;
    }

    /// <summary><c>GET tasks/{id}</c>.</summary>
    public Task StateAsync(HttpContext context, EmulatedTask task, Dialect dialect)
    {
        if (task.IsForgetful)
        {
            if (task.WasSeen)
            {
                queue.Forget(task);
                return NotFoundAsync(context);
            }

            task.WasSeen = true;
        }

        return dice.Roll(options.Faults.HtmlPage)
            ? Answers.PageAsync(context, StatusCodes.Status200OK, "AIMMS Cloud")
            : Answers.JsonAsync(context, dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()));
    }

    /// <summary><c>GET tasks/{id}/response</c>: 404 until the task has ended, and where it has no output.</summary>
    public static Task ResponseAsync(HttpContext context, EmulatedTask task) =>
        task is { IsEnded: true, Answer: { } answer }
            ? Answers.BytesAsync(context, StatusCodes.Status200OK, answer.Body, answer.MediaType)
            : NotFoundAsync(context);

    /// <summary><c>GET tasks/{id}/status</c>: the model's progress; 404 where it reports none.</summary>
    public static Task StatusAsync(HttpContext context, EmulatedTask task) =>
        task.Call.Status is { } status
            ? Answers.BytesAsync(context, StatusCodes.Status200OK, status, "application/json")
            : NotFoundAsync(context);

    /// <summary><c>PUT tasks/{id}</c> with <c>{"setstatus": "interrupt-solve"}</c> or <c>interrupt-execution</c>.</summary>
    public async Task InterruptAsync(HttpContext context, EmulatedTask task, Dialect dialect)
    {
        var (body, _) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
        var wanted = SetStatusOf(body);
        if (wanted is not ("interrupt-solve" or "interrupt-execution"))
        {
            await Answers.ErrorAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                30405,
                "setstatus: interrupt-solve or interrupt-execution"
            );
            return;
        }

        var done = queue.TryInterrupt(task, isExecution: wanted == "interrupt-execution")
            ? wanted
            : "interrupt-processed";
        await Answers.JsonAsync(
            context,
            dialect,
            writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow(), done)
        );
    }

    /// <summary><c>DELETE tasks/{id}</c>: 405 while the task is active.</summary>
    public Task DeleteAsync(HttpContext context, EmulatedTask task, Dialect dialect) =>
        queue.TryDelete(task)
            ? Answers.JsonAsync(context, dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()))
            : Answers.ErrorAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                30405,
                "the task is active: interrupt it first"
            );

    public static Task NotFoundAsync(HttpContext context) =>
        Answers.ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            30404,
            "there is no such task, or nothing of the kind yet"
        );

    private static string? SetStatusOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("setstatus", out var value) ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

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
