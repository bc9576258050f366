using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Aimms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Aimms.Faults;

/// <summary>Answers that are not what the client asked for, and the faults they become.</summary>
public sealed class FaultMapperTests
{
    [Theory]
    [InlineData(400, FaultKind.WrongRequest)]
    [InlineData(401, FaultKind.Refused)]
    [InlineData(403, FaultKind.Refused)]
    [InlineData(404, FaultKind.Unknown)]
    [InlineData(405, FaultKind.WrongRequest)]
    [InlineData(413, FaultKind.WrongRequest)]
    [InlineData(429, FaultKind.Overloaded)]
    [InlineData(500, FaultKind.Broken)]
    [InlineData(502, FaultKind.Broken)]
    [InlineData(503, FaultKind.Overloaded)]
    [InlineData(504, FaultKind.Broken)]
    public async Task Each_status_is_one_of_a_few_kinds(int status, FaultKind kind)
    {
        var fault = await SubmitFaultAsync(context => context.Response.StatusCode = status);

        Assert.Equal(kind, fault.Kind);
        Assert.Equal(status, fault.HttpStatus);
        Assert.Equal(status is 408 or >= 500, fault.MayHaveArrived);
    }

    [Theory]
    [InlineData("7", "Tue, 24 Nov 2026 17:00:00 GMT", 7)]
    [InlineData("Tue, 24 Nov 2026 18:00:30 GMT", "no date", 30)]
    [InlineData("Tue, 24 Nov 2026 17:00:00 GMT", "no date", 0)]
    [InlineData("Tue, 24 Nov 2026 17:00:30 GMT", "Tue, 24 Nov 2026 17:00:00 GMT", 30)]
    [InlineData("Tue, 24 Nov 2026 19:00:30 GMT", "Tue, 24 Nov 2026 19:00:00 GMT", 30)]
    [InlineData("999999", "no date", 3600)]
    public async Task Retry_after_is_read_as_seconds_and_as_a_date_of_the_services_clock(
        string header,
        string sentAt,
        int seconds
    )
    {
        var fault = await SubmitFaultAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            context.Response.Headers.Date = sentAt;
        });

        Assert.Equal(TimeSpan.FromSeconds(seconds), fault.RetryAfter);
    }

    [Theory]
    [InlineData(
        """{"errorCode":30001,"errorId":"4a0c2d0b","message":"create task: internal server error"}""",
        "create task: internal server error (error id 4a0c2d0b)"
    )]
    [InlineData("<html>\r\n<head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway")]
    [InlineData("the model\n\tis  gone", "the model is  gone")]
    [InlineData("{\"broken", "{\"broken")]
    public async Task Any_error_body_becomes_one_line(string body, string line)
    {
        var fault = await SubmitFaultAsync(context => context.Response.StatusCode = 500, body);

        Assert.EndsWith($"Internal Server Error: {line}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("<html><title>AIMMS Cloud</title></html>")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_submit_answered_with_an_unexpected_body_may_have_arrived(string body)
    {
        var fault = await SubmitFaultAsync(_ => { }, body);

        Assert.Equal(FaultKind.Broken, fault.Kind);
        Assert.True(fault.MayHaveArrived);
    }

    private static async Task<ServiceFault> SubmitFaultAsync(Action<HttpContext> prepare, string body = "")
    {
        await using var service = await HttpDouble.StartAsync(context =>
        {
            prepare(context);
            return context.Response.WriteAsync(body);
        });
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero));
        using var client = new TaskServiceClient(
            new ServiceEndpoint(service.Address, ServiceHost.Localhost),
            new TaskServiceClientOptions(),
            time
        );
        var request = new TaskRequest(new TaskTarget("solvePlan"), "{}"u8.ToArray(), "application/json");
        return (await client.SubmitAsync(request, default)).Fault!;
    }
}
