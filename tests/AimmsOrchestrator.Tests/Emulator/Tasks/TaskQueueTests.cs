using System.Net;
using AimmsOrchestrator.Emulator;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Tasks;

/// <summary>The queue in front of the sessions, and interrupts.</summary>
public sealed class TaskQueueTests : EmulatorTest
{
    [Fact]
    public async Task Tasks_run_in_order_and_no_more_at_a_time_than_there_are_sessions()
    {
        await using var service = await StartAsync(new EmulatorOptions { Parallel = 2 });
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await SubmitAsync(service, "api/v2/tasks/sleep", """{"seconds": 600}"""));
        }

        var isQueued = await Task.WhenAll(ids.Select(async id => await StateAsync(service, id) == "queued"));
        Assert.Equal([false, false, true, true], isQueued);
        await SendAsync(service, HttpMethod.Put, $"api/v2/tasks/{ids[1]}", """{"setstatus": "interrupt-solve"}""");
        await EndOfAsync(service, ids[1]);
        while (await StateAsync(service, ids[2]) == "queued")
        {
            await Task.Yield();
        }

        Assert.Equal("queued", await StateAsync(service, ids[3]));
        Assert.Equal(4, service.Traffic.MostUnfinished);
    }

    [Fact]
    public async Task Places_that_are_added_are_used_at_once_and_fewer_end_no_task()
    {
        await using var service = await StartAsync(new EmulatorOptions { Parallel = 1 });
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await SubmitAsync(service, "api/v2/tasks/sleep", """{"seconds": 600}"""));
        }

        service.Parallel = 3;
        Assert.Equal(1, await QueuedAsync(service, ids));

        service.Parallel = 1;
        Assert.Equal(1, await QueuedAsync(service, ids));
        foreach (var id in ids.Take(2))
        {
            await SendAsync(service, HttpMethod.Put, $"api/v2/tasks/{id}", """{"setstatus": "interrupt-solve"}""");
            await EndOfAsync(service, id);
        }

        Assert.Equal("queued", await StateAsync(service, ids[3]));
        await SendAsync(service, HttpMethod.Put, $"api/v2/tasks/{ids[2]}", """{"setstatus": "interrupt-solve"}""");
        await EndOfAsync(service, ids[2]);
        Assert.Equal(0, await QueuedAsync(service, ids));
    }

    private async Task<int> QueuedAsync(TaskServiceEmulator service, List<string> ids)
    {
        var states = await Task.WhenAll(ids.Select(id => StateAsync(service, id)));
        return states.Count(state => state == "queued");
    }

    [Fact]
    public async Task Only_the_two_interrupts_are_accepted_and_an_ended_task_ignores_them()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var id = await SubmitAsync(service, "api/v2/tasks/echo", "x");
        await EndOfAsync(service, id);
        using var wrong = await SendRawAsync(
            service,
            HttpMethod.Put,
            $"api/v2/tasks/{id}",
            """{"setstatus": "stop"}"""
        );
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);

        var late = await SendAsync(
            service,
            HttpMethod.Put,
            $"api/v2/tasks/{id}",
            """{"setstatus": "interrupt-solve"}"""
        );
        Assert.Contains("\"setstatus\":\"interrupt-processed\"", late, StringComparison.Ordinal);
    }
}
