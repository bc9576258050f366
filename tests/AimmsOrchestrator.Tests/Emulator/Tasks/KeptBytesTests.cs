using System.Net;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Tasks;

/// <summary>A service that takes more than it may keep.</summary>
public sealed class KeptBytesTests : EmulatorTest
{
    private static readonly string Body = new('1', 1000);

    [Fact]
    public async Task The_oldest_request_bodies_are_dropped_and_counted_on()
    {
        await using var service = await StartAsync(new EmulatorOptions { KeptBytes = 2500 });
        for (var i = 0; i < 4; i++)
        {
            await EndOfAsync(service, await SubmitAsync(service, "api/v2/tasks/echo", Body));
        }

        var taken = service.Traffic.Taken;
        Assert.Equal([false, false, true, true], taken.Select(task => task.IsBodyKept));
        Assert.Equal([0, 0, 1000, 1000], taken.Select(task => task.Body.Length));
    }

    [Fact]
    public async Task Tasks_whose_response_was_fetched_are_forgotten_first_and_the_newest_never()
    {
        await using var service = await StartAsync(new EmulatorOptions { KeptBytes = 2500 });
        var first = await DoneAsync(service);
        var second = await DoneAsync(service);
        await SendAsync(service, HttpMethod.Get, $"api/v2/tasks/{second}/response");

        await DoneAsync(service);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NotFound),
            (await StatusOfAsync(service, first), await StatusOfAsync(service, second))
        );

        var fourth = await DoneAsync(service);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.OK),
            (await StatusOfAsync(service, first), await StatusOfAsync(service, fourth))
        );
        Assert.Equal(0, service.Traffic.Unfinished);
    }

    private async Task<string> DoneAsync(AimmsOrchestrator.Emulator.TaskServiceEmulator service)
    {
        var id = await SubmitAsync(service, "api/v2/tasks/echo", Body);
        await EndOfAsync(service, id);
        return id;
    }

    private async Task<HttpStatusCode> StatusOfAsync(AimmsOrchestrator.Emulator.TaskServiceEmulator service, string id)
    {
        using var answer = await SendRawAsync(service, HttpMethod.Get, $"api/v2/tasks/{id}");
        return answer.StatusCode;
    }
}
