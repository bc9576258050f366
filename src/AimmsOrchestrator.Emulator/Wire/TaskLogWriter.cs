using System.Globalization;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Emulator.Models;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Emulator.Wire;

/// <summary>Writes a task's log as the cloud's portal shows it: the line's number, the time, the text.</summary>
internal static class TaskLogWriter
{
    /// <summary>The log as text, a line for each entry.</summary>
    public static byte[] Text(EmulatedTask task)
    {
        var text = new StringBuilder();
        foreach (var (number, line) in Lines(task).Index())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{number + 1} {line.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} {line.Text}\n"
            );
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The log as a JSON array.</summary>
    public static void WriteLines(Utf8JsonWriter writer, EmulatedTask task)
    {
        writer.WriteStartArray();
        foreach (var (number, line) in Lines(task).Index())
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", number + 1);
            writer.WriteString("time", line.At.UtcDateTime);
            writer.WriteString("text", line.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<LogLine> Lines(EmulatedTask task)
    {
        if (task.AssignedAt is { } assigned)
        {
            yield return new LogLine(assigned, $"session assigned to task {task.Id}");
        }

        if (task.RunningAt is { } running)
        {
            yield return new LogLine(running, $"service {task.Service}: the procedure starts");
        }

        foreach (var line in task.Call.Log)
        {
            yield return line;
        }

        if (task.SetStatus is { } interrupt)
        {
            yield return new LogLine(task.EndedAt ?? task.CreatedAt, $"{interrupt} received");
        }

        if (task.EndedAt is { } ended)
        {
            yield return new LogLine(
                ended,
                task.ErrorMessage is { } error
                    ? $"error: {error}"
                    : string.Create(CultureInfo.InvariantCulture, $"the procedure ends with {task.ReturnCode}")
            );
        }
    }
}
