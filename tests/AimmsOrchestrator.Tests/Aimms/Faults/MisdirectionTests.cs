using System.Text;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Aimms.Http;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Tests.Aimms.Faults;

/// <summary>Answers that are not the task service's own, or not all of it: redirects, web pages, parts.</summary>
public sealed class MisdirectionTests
{
    private const string SignIn = """<!DOCTYPE html><title>Welcome</title><input type="password">""";

    private static readonly TaskId Id = new("7b1f0c52");
    private static readonly TaskRequest Request = new(new TaskTarget("plan"), "{}"u8.ToArray(), "application/json");

    [Theory]
    [InlineData(301, "https://acme.example/api/v2/tasks/plan", false)]
    [InlineData(302, "https://login.example/", true)]
    [InlineData(303, "/elsewhere", true)]
    [InlineData(307, "/elsewhere", false)]
    [InlineData(308, "https://acme.example/api/v2/tasks/plan", false)]
    public async Task A_redirected_submit_names_the_location_and_is_not_sent_on(int status, string location, bool maybe)
    {
        var requests = 0;
        var fault = await FaultAsync(
            context =>
            {
                requests++;
                context.Response.StatusCode = status;
                context.Response.Headers.Location = location;
                return Task.CompletedTask;
            },
            client => client.SubmitAsync(Request, default)
        );

        Assert.Equal((FaultKind.Misdirected, status, maybe), (fault.Kind, fault.HttpStatus, fault.MayHaveArrived));
        Assert.Contains($"redirected to {location}", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task A_redirect_without_an_end_is_no_answer()
    {
        var fault = await FaultAsync(
            context =>
            {
                context.Response.Redirect(context.Request.Path);
                return Task.CompletedTask;
            },
            client => client.GetStateAsync(Id, default)
        );

        Assert.Equal(FaultKind.Misdirected, fault.Kind);
    }

    [Theory]
    [InlineData(SignIn)]
    [InlineData("<html><head><title>Sign in to your account</title></head></html>")]
    [InlineData("\n <HTML><TITLE>Anmelden</TITLE>")]
    [InlineData(
        "\ufeff<!doctype html><title>Redirecting</title><form action='/idp/sso'><input name=SAMLRequest></form>"
    )]
    public async Task A_sign_in_page_is_known_for_one_wherever_an_answer_is_expected(string page)
    {
        foreach (
            var fault in new[]
            {
                await PageFaultAsync(page, client => client.SubmitAsync(Request, default)),
                await PageFaultAsync(page, client => client.GetStateAsync(Id, default)),
                await PageFaultAsync(page, client => client.ListAsync(new TaskFilter(), default)),
                await PageFaultAsync(page, client => client.DeleteAsync(Id, default)),
                await PageFaultAsync(page, client => client.GetResponseAsync(Id, default), expectsJson: true),
            }
        )
        {
            Assert.Equal(FaultKind.Misdirected, fault.Kind);
            Assert.Contains("a sign-in page instead of", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_at_another_host_is_a_sign_in_page()
    {
        await using var gateway = await HttpDouble.StartAsync(context => context.Response.WriteAsync("<html>hello"));
        var fault = await FaultAsync(
            context =>
            {
                context.Response.Redirect(gateway.Address.ToString());
                return Task.CompletedTask;
            },
            client => client.GetResponseAsync(Id, default)
        );

        Assert.Equal(FaultKind.Misdirected, fault.Kind);
        Assert.Contains(gateway.Address.Authority, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("text/html", true)]
    public async Task A_web_page_is_no_response_where_JSON_was_declared_or_is_read(string type, bool readsJson)
    {
        var fault = await PageFaultAsync(
            "<html><title>Maintenance</title>",
            client => client.GetResponseAsync(Id, default),
            expectsJson: readsJson,
            type
        );

        Assert.Equal((FaultKind.Broken, true), (fault.Kind, fault.IsWebPage));
        Assert.Contains("Maintenance", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_confirms_no_deletion()
    {
        var fault = await PageFaultAsync(
            "<html><title>Blocked by policy</title>",
            client => client.DeleteAsync(Id, default)
        );

        Assert.Equal((FaultKind.Broken, true), (fault.Kind, fault.IsWebPage));
        Assert.Contains("is not a confirmation", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("deleted")]
    public async Task Any_other_answer_confirms_a_deletion(string body)
    {
        await using var service = await HttpDouble.StartAsync(context => WriteAsync(context, body, "text/plain"));
        using var client = Client(service);

        Assert.Equal(Id, (await client.DeleteAsync(Id, default)).Value);
    }

    [Theory]
    [InlineData("<html><title>Report</title><table></table></html>", "text/html")]
    [InlineData("<?xml version='1.0'?><plan/>", "application/xml")]
    [InlineData("<svg></svg>", "image/svg+xml")]
    public async Task A_page_that_a_model_wrote_is_a_response(string body, string type)
    {
        await using var service = await HttpDouble.StartAsync(context => WriteAsync(context, body, type));
        using var client = Client(service);
        var reply = await client.GetResponseAsync(Id, default);

        Assert.Equal(body, Encoding.UTF8.GetString(reply.Value!.Body.Span));
    }

    [Theory]
    [InlineData(206)]
    [InlineData(202)]
    [InlineData(205)]
    public async Task A_part_or_a_promise_is_no_response(int status)
    {
        var fault = await FaultAsync(
            context =>
            {
                context.Response.StatusCode = status;
                return status == 205 ? Task.CompletedTask : context.Response.WriteAsync("{\"cost\":1");
            },
            client => client.GetResponseAsync(Id, default)
        );

        Assert.Equal((FaultKind.Broken, status), (fault.Kind, fault.HttpStatus));
        Assert.Contains("not the whole answer", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    public async Task A_task_that_was_created_or_accepted_is_taken(int status)
    {
        await using var service = await HttpDouble.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"id":"1"}""");
        });
        using var client = Client(service);

        Assert.True((await client.SubmitAsync(Request, default)).IsSuccess);
    }

    private static Task<ServiceFault> PageFaultAsync<T>(
        string page,
        Func<TaskServiceClient, Task<Reply<T>>> call,
        bool expectsJson = false,
        string type = "text/html"
    )
        where T : notnull => FaultAsync(context => WriteAsync(context, page, type), call, expectsJson);

    private static async Task<ServiceFault> FaultAsync<T>(
        RequestDelegate answer,
        Func<TaskServiceClient, Task<Reply<T>>> call,
        bool expectsJson = false
    )
        where T : notnull
    {
        await using var service = await HttpDouble.StartAsync(answer);
        using var client = Client(service, expectsJson);
        return (await call(client)).Fault!;
    }

    private static Task WriteAsync(HttpContext context, string body, string type)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    private static TaskServiceClient Client(HttpDouble service, bool expectsJson = false) =>
        new(
            new ServiceEndpoint(service.Address, ServiceHost.Localhost),
            new TaskServiceClientOptions { ExpectsJson = expectsJson },
            TimeProvider.System
        );
}
