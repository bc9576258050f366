using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Aimms.Wire;

/// <summary>
/// Reads tasks in either version's words, and in the mixtures of both that published bodies show. Unknown members are
/// ignored; a member of an unexpected type counts as missing. Every text but the ids is free of the key.
/// </summary>
/// <param name="redactor">Removes the key.</param>
internal sealed class TaskReader(KeyRedactor redactor)
{
    /// <summary>The id, the only reliable member of a submit's answer; null where there is none.</summary>
    public static TaskId? ReadId(ReadOnlyMemory<byte> json) => Parse(json, root => Id(root));

    /// <summary>One task; null where the body is not a task.</summary>
    /// <param name="json">The body.</param>
    /// <param name="asked">The task of the request; the answer may leave its id out.</param>
    public TaskSnapshot? ReadTask(ReadOnlyMemory<byte> json, TaskId? asked) => Parse(json, root => Task(root, asked));

    /// <summary>A list: an array (localhost), or an object with <c>current_batch</c> (version 2) or <c>statuses</c> (version 1).</summary>
    public TaskPage? ReadList(ReadOnlyMemory<byte> json) =>
        Parse(
            json,
            root =>
            {
                var array =
                    root.ValueKind == JsonValueKind.Array
                        ? root
                        : Member(root, "current_batch") ?? Member(root, "statuses");
                if (array is not { ValueKind: JsonValueKind.Array } items)
                {
                    return null;
                }

                var tasks = items
                    .EnumerateArray()
                    .Select(item => Task(item, asked: null))
                    .OfType<TaskSnapshot>()
                    .ToList();
                var total =
                    root.ValueKind == JsonValueKind.Object
                        ? Member(root, "total_tasks") ?? Member(root, "total_size")
                        : null;
                return new TaskPage(tasks, Whole(total) ?? tasks.Count);
            }
        );

    private static T? Parse<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(LenientJson.RepairSurrogates(json));
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static TaskId? Id(JsonElement root) =>
        Text(Member(root, "id")) is { Length: > 0 } id ? new TaskId(id) : null;

    private TaskSnapshot? Task(JsonElement root, TaskId? asked)
    {
        var word = Text(Member(root, "state", "status"));
        if (word is null || (Id(root) ?? asked) is not { } id)
        {
            return null;
        }

        var error = redactor.Redact(Text(Member(root, "errorMessage")));
        return new TaskSnapshot(id, StateWords.Read(word, hasError: error is { Length: > 0 }))
        {
            StateText = redactor.Redact(word),
            AppName = redactor.Redact(Text(Member(root, "appName", "projectName"))),
            AppVersion = redactor.Redact(Text(Member(root, "appVersion", "projectVersion"))),
            ServiceName = redactor.Redact(Text(Member(root, "serviceName", "service"))),
            CreatedAt = TimeReader.Read(Text(Member(root, "createdAt", "starttime"))),
            AssignedAt = TimeReader.Read(Text(Member(root, "assignedAt"))),
            RunningAt = TimeReader.Read(Text(Member(root, "runningAt"))),
            EndedAt = TimeReader.Read(Text(Member(root, "endedAt"))),
            QueueTime = Seconds(Member(root, "queueTime")),
            RunTime = Seconds(Member(root, "runTime")),
            ReturnCode = Whole(Member(root, "returnCode")),
            SetStatus = Text(Member(root, "setstatus")),
            SessionId = redactor.Redact(Text(Member(root, "sessionId", "session_id"))),
            UserName = redactor.Redact(Text(Member(root, "userName"))),
            ErrorMessage = error is { Length: > 0 } ? error : null,
        };
    }

    /// <summary>A member by either version's name, in any case: version 1 writes <c>returncode</c>, version 2 <c>returnCode</c>.</summary>
    private static JsonElement? Member(JsonElement root, string name, string? otherName = null)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in root.EnumerateObject())
        {
            if (IsNamed(member, name) || (otherName is not null && IsNamed(member, otherName)))
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>Compares as written: most tasks lack a few members, and a text would be made for the name of each of the others.</summary>
    private static bool IsNamed(JsonProperty member, string name)
    {
        var written = JsonMarshal.GetRawUtf8PropertyName(member);
        return written.Contains((byte)'\\')
            ? member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            : Ascii.EqualsIgnoreCase(written, name);
    }

    private static string? Text(JsonElement? element) =>
        element?.ValueKind switch
        {
            JsonValueKind.String => element.Value.GetString(),
            JsonValueKind.Number => element.Value.GetRawText(),
            _ => null,
        };

    private static double? Number(JsonElement? element) =>
        double.TryParse(Text(element), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static int? Whole(JsonElement? element) =>
        Number(element) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private static TimeSpan? Seconds(JsonElement? element) =>
        Number(element) is { } seconds && double.IsFinite(seconds) && Math.Abs(seconds) < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
