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
    SeededRandom random,
    TrafficLog traffic,
    TimeProvider time
)
{
    private readonly EncodingFaults _encodings = new(options.Faults, random);

    private static readonly string[] Schedules = ["scheduleFor", "scheduleIn", "scheduleInterval"];

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

        if (Schedules.FirstOrDefault(context.Request.Query.ContainsKey) is { } schedule)
        {
            await Responses.ErrorAsync(
                context,
                StatusCodes.Status400BadRequest,
                30400,
                $"{schedule}: this service starts tasks at once only"
            );
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
        if (hook.Length > 0 && StateHook.Parse(hook) is null)
        {
            await WrongHookAsync(context);
            return;
        }

        var (body, mediaType) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
        var task = NewTask(names, dialect, new ModelCall(body, mediaType, time), StateHook.Parse(hook));

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

    private static Task WrongHookAsync(HttpContext context) =>
        Responses.ErrorAsync(
            context,
            StatusCodes.Status400BadRequest,
            30400,
            $"{StateHook.Header}: not an http or https address"
        );

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

    private EmulatedTask NewTask(string[] names, Dialect dialect, ModelCall call, StateHook? hook) =>
        new(
            Guid.NewGuid().ToString(),
            dialect.IsCloud ? names[0] : "unnamed",
            dialect.IsCloud ? (names.Length == 3 ? names[1] : "1.0") : "0.0",
            names[^1],
            call,
            time.GetUtcNow()
        )
        {
            Hook = hook,
            IsStuck = random.Happens(options.Faults.StickTask),
            FailsAtOnce = random.Happens(options.Faults.FailTask),
            FailsWithDocument = random.Happens(options.Faults.FailWithDocument),
            IsForgetful = random.Happens(options.Faults.ForgetTask),
        };

    /// <summary><c>GET tasks</c>: newest first; the filters are the cloud's.</summary>
    public Task ListAsync(HttpContext context, Dialect dialect)
    {
        traffic.CountList();
        var status =
            options.Faults.ListStatus > 0 ? options.Faults.ListStatus
            : context.Request.Query.ContainsKey("after") ? options.Faults.FilterStatus
            : 0;
        if (status > 0)
        {
            return Responses.ErrorAsync(context, status, 30400, "the list of tasks is not to be asked for like this");
        }

        var now = time.GetUtcNow();
        var listed = queue
            .All()
            .Reverse()
            .Where(task => (now - task.CreatedAt).TotalSeconds >= options.Faults.ListDelaySeconds);
        if (!dialect.IsCloud)
        {
            return WriteAsync([.. listed], total: null);
        }

        if (TaskListFilter.Parse(context.Request.Query, dialect.IsV1, options.LargestPage) is not { } filter)
        {
            return Responses.ErrorAsync(context, StatusCodes.Status400BadRequest, 30400, "after, before: not a date");
        }

        var matches = listed.Where(filter.Matches).ToList();
        return WriteAsync([.. matches.Skip(filter.Offset).Take(filter.Limit)], matches.Count);

        Task WriteAsync(List<EmulatedTask> page, int? total) =>
            _encodings.DocumentAsync(
                context,
                Responses.Json(dialect, writer => TaskWriter.WriteList(writer, page, total ?? page.Count, dialect, now))
            );
    }

    /// <summary><c>GET tasks/{id}</c>.</summary>
    public Task StateAsync(HttpContext context, EmulatedTask task, Dialect dialect)
    {
        traffic.CountPoll();
        if (task.IsForgetful)
        {
            if (task.WasSeen)
            {
                queue.Forget(task);
                return NotFoundAsync(context);
            }

            task.WasSeen = true;
        }

        return random.Happens(options.Faults.HtmlPage)
            ? Responses.PageAsync(context, StatusCodes.Status200OK, "AIMMS Cloud")
            : _encodings.TaskAsync(
                context,
                Responses.Json(dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()))
            );
    }

    /// <summary><c>GET tasks/{id}/response</c>: 404 until the task has ended, and where it has no output.</summary>
    public Task ResponseAsync(HttpContext context, EmulatedTask task)
    {
        if (task is not { IsEnded: true, Output: { } output } || IsLate(task))
        {
            return NotFoundAsync(context);
        }

        if (!task.WasFetched)
        {
            task.WasFetched = true;
            traffic.CountFetch(task, time.GetUtcNow());
        }

        return random.Happens(options.Faults.PartialResponse)
            ? Responses.PartAsync(context, output.Body, output.MediaType)
            : _encodings.ResponseAsync(context, output.Body, output.MediaType);
    }

    private bool IsLate(EmulatedTask task) =>
        (time.GetUtcNow() - task.EndedAt)?.TotalSeconds < options.Faults.ResponseDelaySeconds;

    /// <summary><c>GET tasks/{id}/status</c>: the model's progress; 404 where it reports none.</summary>
    public static Task StatusAsync(HttpContext context, EmulatedTask task) =>
        task.Call.Status is { } status
            ? Responses.BytesAsync(context, StatusCodes.Status200OK, status, "application/json")
            : NotFoundAsync(context);

    /// <summary>
    /// <c>GET tasks/{id}/logs/download</c>: the log as text; <c>tasks/{id}/logs</c>: its lines as JSON. 404 while the task
    /// waits in the queue. The cloud's own forms are not published.
    /// </summary>
    public static Task LogAsync(HttpContext context, EmulatedTask task, Dialect dialect, string[] parts) =>
        (task.AssignedAt, parts.Length, parts[^1]) switch
        {
            ({ }, 3, _) => Responses.JsonAsync(context, dialect, writer => TaskLogWriter.WriteLines(writer, task)),
            ({ }, 4, "download") => Responses.BytesAsync(
                context,
                StatusCodes.Status200OK,
                TaskLogWriter.Text(task),
                "text/plain; charset=utf-8"
            ),
            _ => NotFoundAsync(context),
        };

    /// <summary><c>PUT tasks/{id}</c> with <c>{"setstatus": "interrupt-solve"}</c> or <c>interrupt-execution</c>.</summary>
    public async Task InterruptAsync(HttpContext context, EmulatedTask task, Dialect dialect)
    {
        var (body, _) = await RequestBodies.ReadAsync(context.Request, context.RequestAborted);
        var wanted = SetStatusOf(body);
        if (wanted is not ("interrupt-solve" or "interrupt-execution"))
        {
            await Responses.ErrorAsync(
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
        await Responses.JsonAsync(
            context,
            dialect,
            writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow(), done)
        );
    }

    /// <summary><c>DELETE tasks/{id}</c>: 405 while the task is active.</summary>
    public Task DeleteAsync(HttpContext context, EmulatedTask task, Dialect dialect) =>
        queue.TryDelete(task)
            ? Responses.JsonAsync(context, dialect, writer => TaskWriter.Write(writer, task, dialect, time.GetUtcNow()))
            : Responses.ErrorAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                30405,
                "the task is active: interrupt it first"
            );

    public static Task NotFoundAsync(HttpContext context) =>
        Responses.ErrorAsync(
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
