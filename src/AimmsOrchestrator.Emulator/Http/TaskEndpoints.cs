using System.Text.Json;
using AimmsOrchestrator.Emulator.Faults;
using AimmsOrchestrator.Emulator.Tasks;
using AimmsOrchestrator.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Emulator.Http;

/// <summary>The operations at <c>…/tasks</c>, but submits.</summary>
internal sealed class TaskEndpoints(
    EmulatorOptions options,
    TaskQueue queue,
    SeededRandom random,
    TrafficLog traffic,
    TimeProvider time
)
{
    private readonly EncodingFaults _encodings = new(options.Faults, random);

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
}
