using System.Net;
using AimmsOrchestrator.Emulator.Tasks;

namespace AimmsOrchestrator.Tests.Emulator.Http;

/// <summary>Addresses, keys and bodies over real HTTP.</summary>
public sealed class EndpointTests : EmulatorTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_missing_or_wrong_key_gets_a_proxys_page(string? key)
    {
        await using var service = await StartAsync(new EmulatorOptions { ApiKey = "right" });
        using var answer = await SendRawAsync(service, HttpMethod.Get, "pro-api/v2/tasks", key: key);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(
            "<title>401 Authorization Required</title>",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal("[]", await SendAsync(service, HttpMethod.Get, "api/v2/tasks"));
    }

    [Theory]
    [InlineData("api/v2/tasks//echo/")]
    [InlineData("api//v2//tasks/echo?unknown=1&prettyFormat=true")]
    [InlineData("pro-api/v2//tasks//App/latest/echo/")]
    [InlineData("pro-api/v1/tasks/App/echo")]
    public async Task Doubled_and_trailing_slashes_and_unknown_parameters_are_accepted(string path)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var answer = await SendRawAsync(service, HttpMethod.Post, path, "x", key: "any");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Of_a_multipart_form_the_first_part_reaches_the_model()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "input.xlsx" } };
        using var posted = await Http.PostAsync(new Uri(service.Address, "api/v2/tasks/echo"), form);
        await EndOfAsync(service, Id(await posted.Content.ReadAsStringAsync()));

        Assert.Equal([1, 2, 3], service.Traffic.Taken.Single().Body.ToArray());
    }

    [Theory]
    [InlineData("GET", "api/v2/tasks/none", 404)]
    [InlineData("GET", "api/v2/tasks/none/response", 404)]
    [InlineData("DELETE", "api/v2/tasks/none", 404)]
    [InlineData("POST", "api/v2/tasks/transportt", 403)]
    [InlineData("POST", "api/v2/tasks/echo?scheduleIn=PT5M", 400)]
    [InlineData("POST", "pro-api/v1/tasks/App/1.0/echo?scheduleIn=PT5M", 400)]
    [InlineData("POST", "pro-api/v2/tasks/App/1.0/echo?scheduleIn=soon", 400)]
    [InlineData("POST", "pro-api/v2/tasks/App/1.0/echo?scheduleIn=P2M", 400)]
    [InlineData("POST", "pro-api/v2/tasks/App/1.0/echo?scheduleFor=tomorrow", 400)]
    [InlineData("POST", "pro-api/v2/tasks/App/1.0/echo?scheduleInterval=0%20days", 400)]
    [InlineData("POST", "pro-api/v2/tasks/App/1.0/echo?scheduleInterval=daily", 400)]
    [InlineData("POST", "pro-api/v2/applications", 400)]
    [InlineData("GET", "pro-api/v2/applications/App/1.0", 404)]
    [InlineData("DELETE", "pro-api/v1//applications/App/1.0/", 404)]
    [InlineData("PUT", "pro-api/v2/applications", 405)]
    [InlineData("GET", "api/v2/applications", 404)]
    [InlineData("GET", "pro-api/v2/tasks?after=yesterdayish", 400)]
    [InlineData("GET", "elsewhere", 404)]
    public async Task An_impossible_request_has_its_status(string method, string path, int status)
    {
        await using var service = await StartAsync(new EmulatorOptions());
        using var answer = await SendRawAsync(
            service,
            new HttpMethod(method),
            path,
            method == "POST" ? "{}" : null,
            key: "any"
        );

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_submit_can_wait_for_the_tasks_end_on_localhost()
    {
        await using var service = await StartAsync(new EmulatorOptions());
        var text = await SendAsync(
            service,
            HttpMethod.Post,
            "api/v1/tasks/countStarsJson?completionTimeout=100000",
            "nonsense"
        );

        Assert.Contains("finished with errors", text, StringComparison.Ordinal);
    }
}
