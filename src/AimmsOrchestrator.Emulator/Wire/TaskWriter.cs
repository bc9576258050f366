using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Emulator.Wire;

/// <summary>Writes tasks as the service does, with its members in its order.</summary>
internal static class TaskWriter
{
    private const string User = "emulator";
    private const string Environment = "ROOT";

    public static void Write(
        Utf8JsonWriter writer,
        EmulatedTask task,
        Dialect dialect,
        DateTimeOffset now,
        string? setStatus = null
    )
    {
        writer.WriteStartObject();
        if (dialect.IsV1)
        {
            WriteV1(writer, task, dialect, now);
        }
        else
        {
            WriteV2(writer, task, dialect, now);
        }

        if (setStatus is not null)
        {
            writer.WriteString("setstatus", setStatus);
        }

        writer.WriteEndObject();
    }

    /// <summary>An array on localhost, an object with the array on the cloud.</summary>
    public static void WriteList(
        Utf8JsonWriter writer,
        IEnumerable<EmulatedTask> tasks,
        int total,
        Dialect dialect,
        DateTimeOffset now
    )
    {
        if (dialect.IsCloud)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(dialect.IsV1 ? "statuses" : "current_batch");
        }

        writer.WriteStartArray();
        foreach (var task in tasks)
        {
            Write(writer, task, dialect, now);
        }

        writer.WriteEndArray();
        if (dialect.IsCloud)
        {
            writer.WriteNumber(dialect.IsV1 ? "total_size" : "total_tasks", total);
            writer.WriteEndObject();
        }
    }

    private static void WriteV2(Utf8JsonWriter writer, EmulatedTask task, Dialect dialect, DateTimeOffset now)
    {
        writer.WriteString("id", task.Id);
        Number("groupIndex", task.GroupIndex);
        writer.WriteString("appName", task.App);
        writer.WriteString("appVersion", task.Version);
        writer.WriteString("serviceName", task.Service);
        writer.WriteString("state", task.State);
        Text("scheduleFor", Moment(task.StartsAt, dialect));
        Text("scheduleInterval", task.Recurrence?.Text);
        Text("createdAt", Moment(task.CreatedAt, dialect));
        Text("assignedAt", Moment(task.AssignedAt, dialect));
        Text("runningAt", Moment(task.RunningAt, dialect));
        Text("endedAt", Moment(task.EndedAt, dialect));
        Number("queueTime", QueueTime(task, now));
        Number("runTime", RunTime(task, now));
        Number("returnCode", task.ReturnCode);
        Text("errorMessage", task.ErrorMessage);
        if (dialect.IsCloud)
        {
            // Since 2025; the name of the first of these members is not published.
            writer.WriteString("sessionId", task.SessionId);
            writer.WriteString("userName", User);
            writer.WriteString("userEnvironment", Environment);
        }

        void Text(string name, string? value)
        {
            if (value is not null || dialect.IsCloud)
            {
                writer.WriteString(name, value);
            }
        }

        void Number(string name, double? value)
        {
            if (value is { } number)
            {
                writer.WriteNumber(name, number);
            }
            else if (dialect.IsCloud)
            {
                writer.WriteNull(name);
            }
        }
    }

    private static void WriteV1(Utf8JsonWriter writer, EmulatedTask task, Dialect dialect, DateTimeOffset now)
    {
        writer.WriteString("id", task.Id);
        writer.WriteString("service", task.Service);
        writer.WriteString(
            "starttime",
            task.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
        );
        writer.WriteString("status", task.StatusV1);
        if (task.IsEnded)
        {
            writer.WriteNumber("queuetime", QueueTime(task, now) ?? 0);
            writer.WriteNumber("runtime", RunTime(task, now) ?? 0);
            if (task.ReturnCode is { } code)
            {
                writer.WriteNumber("returncode", code);
            }

            if (task.ErrorMessage is { } error)
            {
                writer.WriteString("errormessage", error);
            }
        }

        if (dialect.IsCloud)
        {
            writer.WriteString("projectName", task.App);
            writer.WriteString("projectVersion", task.Version);
        }
    }

    /// <summary>Created to running; the age so far while it waits; created to ended where it never ran.</summary>
    private static double? QueueTime(EmulatedTask task, DateTimeOffset now) =>
        Seconds((task.RunningAt ?? task.EndedAt ?? now) - task.CreatedAt);

    private static double? RunTime(EmulatedTask task, DateTimeOffset now) =>
        task.RunningAt is { } start ? Seconds((task.EndedAt ?? now) - start) : null;

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);

    private static string? Moment(DateTimeOffset? moment, Dialect dialect) =>
        moment?.UtcDateTime.ToString(
            dialect.IsCloud ? "yyyy-MM-dd HH:mm:ss.000000" : "yyyy-MM-ddTHH:mm:ssZ",
            CultureInfo.InvariantCulture
        );
}
