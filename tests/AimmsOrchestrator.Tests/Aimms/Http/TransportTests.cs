using System.Net;
using System.Net.Sockets;
using System.Text;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Tests.Aimms.Http;

/// <summary>What the client sends, and what it makes of a connection that breaks.</summary>
public sealed class TransportTests
{
    private static readonly TaskId Id = new("7b1f0c52");
    private static readonly TaskRequest Request = new(
        new TaskTarget("solvePlan"),
        "{}"u8.ToArray(),
        "application/json"
    );

    [Fact]
    public async Task A_closed_port_is_unreachable_and_nothing_was_sent()
    {
        // Bound and not listening: taken for as long as this test lasts, and refuses connections.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = Client(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"));
        var fault = (await client.SubmitAsync(Request, default)).Fault!;

        Assert.Equal(FaultKind.Unreachable, fault.Kind);
        Assert.False(fault.MayHaveArrived);
        Assert.Contains("nothing listens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_that_gets_no_answer_in_time_may_have_arrived()
    {
        var hasArrived = false;

        // On a busy machine the time may be up before the request is on its way: then once more, with more of it, and at
        // another service, to which the request before does not come late.
        for (var patience = TimeSpan.FromMilliseconds(200); !hasArrived; patience *= 2)
        {
            await using var service = await HttpDouble.StartAsync(context =>
            {
                hasArrived = true;
                return Task.Delay(Timeout.Infinite, context.RequestAborted);
            });
            var endpoint = new ServiceEndpoint(service.Address, ServiceHost.Localhost);
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
    public async Task A_submit_on_a_pooled_connection_that_breaks_is_sent_once()
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
        using var client = new TaskServiceClient(endpoint, new TaskServiceClientOptions(), TimeProvider.System);
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
        foreach (var host in new[] { ServiceHost.Localhost, ServiceHost.Cloud })
        {
            using var client = new TaskServiceClient(
                new ServiceEndpoint(service.Address, host) { Key = new ApiKey("k3y") },
                new TaskServiceClientOptions(),
                TimeProvider.System
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

    private static TaskServiceClient Client(Uri address) =>
        new(new ServiceEndpoint(address, ServiceHost.Localhost), new TaskServiceClientOptions(), TimeProvider.System);
}
