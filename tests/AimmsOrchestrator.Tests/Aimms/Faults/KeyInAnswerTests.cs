using System.Text;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Aimms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Aimms.Faults;

/// <summary>A service, or what stands before it, that sends the key back.</summary>
public sealed class KeyInAnswerTests
{
    private const string Key = "q8fK+2Jd/7wXz0LrT5vYh1nMEo3uGpBsCa9iRtZkW4c=";

    private static readonly string Filler = new('x', 140);

    /// <summary>Each is cut at 160 characters: in the middle of the key, were it not replaced before.</summary>
    public static TheoryData<string> Bodies =>
        [
            $"{Filler} {Key}",
            $$"""{"message":"{{Filler}} {{Key}}","errorCode":7}""",
            $$"""{"message":"short","errorId":"{{Key}}"}""",
            $$"""{"message":"{{Filler}} {{Key.Replace("/", "\\/", StringComparison.Ordinal)}}"}""",
            $"<html><title>{Filler} {Key.Replace("+", "&#43;", StringComparison.Ordinal)}</title></html>",
            $"{Filler} {Uri.EscapeDataString(Key)}",
            $"{Filler[..100]} Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Key}"))}",
        ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_errors_body_is_free_of_it_before_it_is_cut(string body)
    {
        var fault = await FaultAsync(context =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync(body);
        });

        AssertSafe(fault.Message);
        AssertSafe(fault.ErrorId ?? "");
        Assert.Contains("***", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_task_is_quoted_without_it()
    {
        var fault = await FaultAsync(context => context.Response.WriteAsync($"{Filler} {Key}"));

        AssertSafe(fault.Message);
    }

    [Fact]
    public async Task A_status_line_is_quoted_without_it()
    {
        var fault = await FaultAsync(context =>
        {
            context.Response.StatusCode = 400;
            context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = $"Bad apikey {Key}";
            return Task.CompletedTask;
        });

        Assert.Contains("400 Bad apikey ***", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_an_address_with_the_key_is_not_followed_and_shown_without_it()
    {
        var followed = 0;
        await using var other = await HttpDouble.StartAsync(context =>
        {
            followed++;
            return context.Response.WriteAsync("[]");
        });
        var location = $"{other.Address}login?k={Uri.EscapeDataString(Key)}";

        var fault = await FaultAsync(
            context =>
            {
                context.Response.Redirect(location);
                return Task.CompletedTask;
            },
            client => client.ListAsync(new TaskFilter(), CancellationToken.None)
        );

        Assert.Equal(0, followed);
        Assert.Contains("login?k=***", fault.Message, StringComparison.Ordinal);
        AssertSafe(fault.Message);
    }

    [Fact]
    public async Task What_a_task_says_of_itself_is_free_of_it()
    {
        await using var service = await HttpDouble.StartAsync(context =>
            context.Response.WriteAsync(
                $$"""
                {"id":"7","state":"failed","appName":"{{Key}}","serviceName":"{{Key}}",
                 "errorMessage":"request {{Uri.EscapeDataString(Key)}} failed: {{Key}}"}
                """
            )
        );
        using var client = ClientOf(service);

        var task = (await client.GetStateAsync(new TaskId("7"), default)).Value!;

        Assert.Equal("request *** failed: ***", task.ErrorMessage);
        Assert.Equal(("***", "***"), (task.AppName, task.ServiceName));
    }

    [Fact]
    public async Task A_response_is_kept_to_the_byte()
    {
        var body = $$"""{"echo":"{{Key}}"}""";
        await using var service = await HttpDouble.StartAsync(context => context.Response.WriteAsync(body));
        using var client = ClientOf(service);

        var response = (await client.GetResponseAsync(new TaskId("7"), default)).Value!;

        Assert.Equal(body, Encoding.UTF8.GetString(response.Body.Span));
    }

    private static void AssertSafe(string text)
    {
        Assert.DoesNotContain(Key[..8], text, StringComparison.Ordinal);
        Assert.DoesNotContain("q8fK", text, StringComparison.Ordinal);
    }

    private static Task<ServiceFault> FaultAsync(RequestDelegate answer) =>
        FaultAsync(
            answer,
            client =>
                client.SubmitAsync(
                    new TaskRequest(new TaskTarget("solvePlan", "Plant"), "{}"u8.ToArray(), "application/json"),
                    CancellationToken.None
                )
        );

    private static async Task<ServiceFault> FaultAsync<T>(
        RequestDelegate answer,
        Func<TaskServiceClient, Task<Reply<T>>> ask
    )
        where T : notnull
    {
        await using var service = await HttpDouble.StartAsync(answer);
        using var client = ClientOf(service);
        return (await ask(client)).Fault!;
    }

    private static TaskServiceClient ClientOf(HttpDouble service) =>
        new(
            new ServiceEndpoint(service.Address, ServiceHost.Cloud) { Key = new ApiKey(Key) },
            new TaskServiceClientOptions(),
            new FakeTimeProvider()
        );
}
