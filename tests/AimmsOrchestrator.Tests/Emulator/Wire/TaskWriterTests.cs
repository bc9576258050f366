using System.Text.Json;
using System.Text.RegularExpressions;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Wire;

/// <summary>Tasks as the emulator writes them for each host and version.</summary>
public sealed partial class TaskWriterTests : EmulatorTest
{
    [Fact]
    public async Task The_cloud_writes_every_member_in_its_order_with_nulls_and_blank_separated_times()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var text = await SendAsync(service, HttpMethod.Post, "pro-api/v2/tasks/My%20App/1.4/echo", "x", key: "any");

        string[] members =
        [
            "id",
            "groupIndex",
            "appName",
            "appVersion",
            "serviceName",
            "state",
            "scheduleFor",
            "scheduleInterval",
            "createdAt",
            "assignedAt",
            "runningAt",
            "endedAt",
            "queueTime",
            "runTime",
            "returnCode",
            "errorMessage",
            "sessionId",
            "userName",
            "userEnvironment",
        ];
        var task = JsonDocument.Parse(text).RootElement;
        Assert.Equal(members, task.EnumerateObject().Select(m => m.Name));
        Assert.Equal(
            ("My App", "1.4"),
            (task.GetProperty("appName").GetString(), task.GetProperty("appVersion").GetString())
        );
        Assert.Matches(CloudTime(), task.GetProperty("createdAt").GetString()!);

        var list = JsonDocument
            .Parse(await SendAsync(service, HttpMethod.Get, "pro-api/v2/tasks?appName=My+App", key: "any"))
            .RootElement;
        Assert.Equal(["current_batch", "total_tasks"], list.EnumerateObject().Select(m => m.Name));
        var old = JsonDocument
            .Parse(await SendAsync(service, HttpMethod.Get, "pro-api/v1/tasks", key: "any"))
            .RootElement;
        Assert.Equal(["statuses", "total_size"], old.EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public async Task Localhost_writes_no_nulls_and_iso_times()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
        var task = await EndOfAsync(service, id);

        Assert.Equal(
            ("unnamed", "0.0"),
            (task.GetProperty("appName").GetString(), task.GetProperty("appVersion").GetString())
        );
        Assert.DoesNotContain(task.EnumerateObject(), m => m.Value.ValueKind == JsonValueKind.Null);
        Assert.EndsWith("Z", task.GetProperty("createdAt").GetString(), StringComparison.Ordinal);

        var old = JsonDocument.Parse(await SendAsync(service, HttpMethod.Get, $"api/v1/tasks/{id}")).RootElement;
        Assert.Equal(
            ["id", "service", "starttime", "status", "queuetime", "runtime", "returncode"],
            old.EnumerateObject().Select(m => m.Name)
        );
        Assert.Equal("finished", old.GetProperty("status").GetString());
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.000000$", RegexOptions.NonBacktracking)]
    private static partial Regex CloudTime();
}
