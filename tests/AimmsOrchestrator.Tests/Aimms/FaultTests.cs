using System.Net;
using System.Net.Sockets;
using System.Text;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Aimms;

public sealed class FaultTests
{
    private static readonly TaskId Id = new("7b1f0c52");
    private static readonly TaskRequest Request = new(
        new TaskTarget("solvePlan"),
        "{}"u8.ToArray(),
        "application/json"
    );
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero));

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
        Assert.Equal(status == 504, fault.MayHaveArrived);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Tue, 24 Nov 2026 18:00:30 GMT", 30)]
    [InlineData("Tue, 24 Nov 2026 17:00:00 GMT", 0)]
    [InlineData("999999", 3600)]
    public async Task Retry_after_is_read_as_seconds_and_as_a_date(string header, int seconds)
    {
        var fault = await SubmitFaultAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
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
    public async Task An_errors_body_is_told_in_one_line_whatever_it_is(string body, string told)
    {
        var fault = await SubmitFaultAsync(context => context.Response.StatusCode = 500, body);

        Assert.EndsWith($"Internal Server Error: {told}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("<html><title>AIMMS Cloud</title></html>")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_submit_answered_with_nonsense_may_have_arrived(string body)
    {
        var fault = await SubmitFaultAsync(_ => { }, body);

        Assert.Equal(FaultKind.Broken, fault.Kind);
        Assert.True(fault.MayHaveArrived);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable_and_nothing_was_sent()
    {
        // Bound and not listening: taken for as long as this test lasts, and refuses connections.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = Client(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"));
        var fault = (await client.SubmitAsync(Request, default)).Fault!;

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
        Assert.False(fault.MayHaveArrived);
        Assert.Contains("nobody listens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_that_gets_no_answer_in_time_may_have_arrived()
    {
        var hasArrived = false;
        await using var service = await HttpDouble.StartAsync(context =>
        {
            hasArrived = true;
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var endpoint = new ServiceEndpoint(service.Address, ServiceHost.Localhost);

        // On a busy machine the time may be up before the request is on its way: then once more, with more of it.
        for (var patience = TimeSpan.FromMilliseconds(200); !hasArrived; patience *= 2)
        {
            var options = new TaskServiceClientOptions { TransferTimeout = patience };
            using var client = new TaskServiceClient(endpoint, options, TimeProvider.System);
            var fault = (await client.SubmitAsync(Request, default)).Fault!;

            Assert.Equal(FaultKind.Unreachable, fault.Kind);
            Assert.True(fault.MayHaveArrived || !hasArrived);
        }
    }

    [Fact]
    public async Task A_cancelled_call_is_the_one_exception()
    {
        using var cancel = new CancellationTokenSource();
        await using var service = await HttpDouble.StartAsync(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = Client(service.Address);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetStateAsync(Id, cancel.Token));
    }

    /// <summary>
    /// The server keeps the connection of a first request, reads a second one's body on it, and closes without an answer:
    /// as after a crash. The HTTP stack must not send that body again by itself.
    /// </summary>
    [Fact]
    public async Task A_submit_on_a_kept_connection_that_breaks_is_sent_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var bodies = 0;
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync();
        using var client = Client(new Uri($"http://{listener.LocalEndpoint}"));
        Assert.True((await client.SubmitAsync(Request, default)).IsSuccess);
        var lost = await client.SubmitAsync(Request, default);
        await stop.CancelAsync();
        await serving;

        Assert.True(lost.Fault!.MayHaveArrived);
        Assert.Equal(2, bodies);

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var connection = await listener.AcceptTcpClientAsync(stop.Token);
                    var stream = connection.GetStream();
                    while (await ReadRequestAsync(stream, stop.Token) && ++bodies == 1)
                    {
                        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"id\":\"1\"}";
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop.Token);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }

    [Fact]
    public async Task A_redirect_carries_the_key_within_its_origin_and_no_further()
    {
        var seen = new List<string>();
        await using var other = await HttpDouble.StartAsync(context =>
        {
            seen.Add($"other: {context.Request.Headers["apikey"]}");
            return context.Response.WriteAsync("elsewhere");
        });
        await using var service = await HttpDouble.StartAsync(context =>
        {
            seen.Add($"{context.Request.Path}: {context.Request.Headers["apikey"]}");
            context.Response.Redirect(
                context.Request.Path.Value!.EndsWith("/response", StringComparison.Ordinal)
                    ? "/blob"
                    : $"{other.Address}blob"
            );
            return Task.CompletedTask;
        });
        var endpoint = new ServiceEndpoint(service.Address, ServiceHost.Cloud) { Key = new ApiKey("k3y") };
        using var client = new TaskServiceClient(endpoint, new TaskServiceClientOptions(), _time);
        var response = await client.GetResponseAsync(Id, default);

        Assert.Equal("elsewhere", Encoding.UTF8.GetString(response.Value!.Body.Span));
        Assert.Equal(["/pro-api/v2/tasks/7b1f0c52/response: k3y", "/blob: k3y", "other: "], seen);
    }

    [Fact]
    public async Task Localhost_gets_no_key_and_names_are_percent_encoded()
    {
        var seen = new List<string>();
        await using var service = await HttpDouble.StartAsync(context =>
        {
            var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            seen.Add($"{target} {context.Request.Headers["apikey"]}");
            return context.Response.WriteAsync("""{"id": "1"}""");
        });
        foreach (var place in new[] { ServiceHost.Localhost, ServiceHost.Cloud })
        {
            using var client = new TaskServiceClient(
                new ServiceEndpoint(service.Address, place) { Key = new ApiKey("k3y") },
                new TaskServiceClientOptions(),
                _time
            );
            await client.SubmitAsync(Request with { Target = new TaskTarget("a/b", "test app", "1.0 %") }, default);
        }

        Assert.Equal(["/api/v2/tasks/a%2Fb ", "/pro-api/v2/tasks/test%20app/1.0%20%25/a%2Fb k3y"], seen);
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().EndsWith("\r\n\r\n{}", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return false;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return true;
    }

    private async Task<ServiceFault> SubmitFaultAsync(Action<HttpContext> prepare, string body = "")
    {
        await using var service = await HttpDouble.StartAsync(context =>
        {
            prepare(context);
            return context.Response.WriteAsync(body);
        });
        using var client = Client(service.Address);
        return (await client.SubmitAsync(Request, default)).Fault!;
    }

    private TaskServiceClient Client(Uri address) =>
        new(new ServiceEndpoint(address, ServiceHost.Localhost), new TaskServiceClientOptions(), _time);
}
