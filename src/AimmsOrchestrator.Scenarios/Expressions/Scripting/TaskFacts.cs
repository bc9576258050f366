using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Scenarios.Expressions.Scripting;

/// <summary>A task as expressions see it: the service's own names, times in ISO 8601, durations in seconds.</summary>
internal static class TaskFacts
{
    public static byte[] ToJson(TaskSnapshot task)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("id", task.Id.Value);
            writer.WriteString("state", Word(task));
            writer.WriteString("appName", task.AppName);
            writer.WriteString("appVersion", task.AppVersion);
            writer.WriteString("serviceName", task.ServiceName);
            Write(writer, "createdAt", task.CreatedAt);
            Write(writer, "assignedAt", task.AssignedAt);
            Write(writer, "runningAt", task.RunningAt);
            Write(writer, "endedAt", task.EndedAt);
            Write(writer, "queueTime", task.QueueTime?.TotalSeconds);
            Write(writer, "runTime", task.RunTime?.TotalSeconds);
            Write(writer, "returnCode", task.ReturnCode);
            writer.WriteString("errorMessage", task.ErrorMessage);
            writer.WriteString("sessionId", task.SessionId);
            writer.WriteString("userName", task.UserName);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static string Word(TaskSnapshot task) =>
        task.State switch
        {
            TaskState.Queued => "queued",
            TaskState.Assigned => "assigned",
            TaskState.Running => "running",
            TaskState.Solving => "solving",
            TaskState.Completed => "completed",
            TaskState.Failed => "failed",
            _ => task.StateText,
        };

    private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? at) =>
        writer.WriteString(
            name,
            at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        );

    private static void Write(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
