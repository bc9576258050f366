using System.Net;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Http;

/// <summary>Requests that a web page made, and not a program of this machine's user.</summary>
public sealed class LoopbackOnlyTests : EmulatorTest
{
    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("evil.example:8080", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.0.0.7", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:9000", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.8.8.8:80", HttpStatusCode.OK)]
    [InlineData("[::1]:8080", HttpStatusCode.OK)]
    public async Task Only_a_request_to_this_machine_itself_is_answered(string host, HttpStatusCode status)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{service.Address}api/v2/tasks");
        request.Headers.Host = host;

        using var answer = await Http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden, 0)]
    [InlineData("null", HttpStatusCode.Forbidden, 0)]
    [InlineData("http://localhost:3000", HttpStatusCode.OK, 1)]
    public async Task A_page_of_another_origin_submits_nothing(string origin, HttpStatusCode status, int taken)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{service.Address}api/v2/tasks/echo");
        request.Headers.Add("Origin", origin);

        using var answer = await Http.SendAsync(request);

        Assert.Equal((status, taken), (answer.StatusCode, service.Traffic.Taken.Count));
    }
}
