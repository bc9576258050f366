using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using AimmsOrchestrator.Aimms;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;
using Microsoft.AspNetCore.Http;

namespace AimmsOrchestrator.Tests.Aimms.Http;

/// <summary>Answers that are too large, are not whole, or cannot be decoded.</summary>
public sealed class AnswerReaderTests
{
    private static readonly TaskId Id = new("7b1f0c52");

    [Theory]
    [InlineData(3 << 20, true)]
    [InlineData(3 << 20, false)]
    [InlineData(9 << 20, true)]
    [InlineData(9 << 20, false)]
    public async Task An_answer_over_the_limit_is_hopeless_and_the_message_names_the_limit(int size, bool isDeclared)
    {
        var reply = await GetAsync(
            async context =>
            {
                context.Response.ContentLength = isDeclared ? size : null;
                await context.Response.Body.WriteAsync(new byte[size]);
            },
            limit: 2 << 20
        );

        Assert.Equal(FaultKind.Hopeless, reply.Fault!.Kind);
        Assert.EndsWith(
            "the answer is larger than 2 MB, the most that this program reads of one (limits.answer)",
            reply.Fault.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2 << 20)]
    [InlineData((4 << 20) + 1)]
    [InlineData(9 << 20)]
    public async Task An_answer_within_the_limit_comes_byte_for_byte(int size)
    {
        var expected = Noise(size);
        foreach (var isDeclared in (bool[])[true, false])
        {
            var reply = await GetAsync(
                async context =>
                {
                    context.Response.ContentLength = isDeclared ? size : null;
                    await context.Response.Body.WriteAsync(expected);
                },
                limit: 9 << 20
            );
            using var lease = reply.Value!.Lease;

            Assert.True(expected.AsSpan().SequenceEqual(reply.Value.Body.Span));
            Assert.Equal(size > AnswerBudget.Small, lease is not null);
        }
    }

    [Fact]
    public async Task A_large_answer_that_is_no_response_keeps_no_other_waiting()
    {
        var tasks =
            $"[{string.Join(",", Enumerable.Range(0, 90_000).Select(i => $$"""{"id":"{{i:x32}}","state":"completed"}"""))}]";
        Assert.True(tasks.Length > AnswerBudget.Small);
        await using var service = await HttpDouble.StartAsync(context => context.Response.WriteAsync(tasks));
        using var client = new TaskServiceClient(
            new ServiceEndpoint(service.Address, ServiceHost.Localhost),
            new TaskServiceClientOptions(),
            TimeProvider.System
        );
        using var patience = new CancellationTokenSource(Waiting.Patience);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(90_000, (await client.ListAsync(new TaskFilter(), patience.Token)).Value!.Tasks.Count);
            Assert.NotNull((await client.GetStateAsync(new TaskId("a"), patience.Token)).Fault);
        }
    }

    [Theory]
    [InlineData("gzip", 0.5)]
    [InlineData("gzip", 0.999)]
    [InlineData("br", 0.5)]
    [InlineData("br", 0.999)]
    [InlineData("deflate", 0.5)]
    public async Task A_compressed_answer_that_ends_early_is_unreadable(string encoding, double share)
    {
        var packed = Packed(encoding);
        var reply = await GetAsync(context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.Body.WriteAsync(packed.AsMemory(0, (int)(packed.Length * share))).AsTask();
        });

        Assert.Equal(FaultKind.Unreadable, reply.Fault!.Kind);
        Assert.Contains("its compression is broken or ends early", reply.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_answer_is_decoded_and_one_that_only_says_so_is_unreadable(string encoding)
    {
        var whole = await GetAsync(context => Send(context, Packed(encoding)));
        var plain = await GetAsync(context => Send(context, "not compressed at all"u8.ToArray()));

        Assert.Equal(50_000, whole.Value!.Body.Length);
        Assert.Equal(FaultKind.Unreadable, plain.Fault!.Kind);

        Task Send(HttpContext context, byte[] body)
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.Body.WriteAsync(body).AsTask();
        }
    }

    [Fact]
    public async Task A_bomb_is_stopped_at_the_limit()
    {
        var bomb = new MemoryStream();
        await using (var packer = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            await packer.WriteAsync(new byte[40 << 20]);
        }

        var reply = await GetAsync(
            context =>
            {
                context.Response.Headers.ContentEncoding = "gzip";
                return context.Response.Body.WriteAsync(bomb.ToArray()).AsTask();
            },
            limit: 10 << 20
        );

        Assert.Equal(FaultKind.Hopeless, reply.Fault!.Kind);
    }

    [Fact]
    public async Task An_answer_shorter_than_it_says_is_broken_and_no_outage()
    {
        var reply = await GetAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[500]);
            await context.Response.Body.FlushAsync();
        });

        Assert.Equal(FaultKind.Broken, reply.Fault!.Kind);
        Assert.False(reply.Fault.IsOutage);
    }

    [Fact]
    public async Task An_answer_whose_connection_is_reset_is_broken_and_not_unreadable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var serving = ServeAsync();
        using var client = new TaskServiceClient(
            new ServiceEndpoint(new Uri($"http://{listener.LocalEndpoint}"), ServiceHost.Localhost),
            new TaskServiceClientOptions(),
            TimeProvider.System,
            new AnnouncedAnswers(begun)
        );

        var reply = await client.GetResponseAsync(Id, default);
        await serving;

        Assert.Equal(FaultKind.Broken, reply.Fault!.Kind);
        Assert.EndsWith(
            "the connection broke before the answer was there",
            reply.Fault.Message,
            StringComparison.Ordinal
        );

        async Task ServeAsync()
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[4096].AsMemory());
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray().AsMemory());
            await begun.Task;

            // A close with nothing to linger for resets the connection.
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    [Fact]
    public async Task A_large_answer_that_this_machine_cannot_keep_stops_the_batch_and_names_the_folder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"missing-{Guid.NewGuid():N}");
        await using var service = await HttpDouble.StartAsync(context =>
            context.Response.Body.WriteAsync(new byte[AnswerBudget.Small + 1]).AsTask()
        );
        using var client = new TaskServiceClient(
            new ServiceEndpoint(service.Address, ServiceHost.Localhost),
            new TaskServiceClientOptions { SpoolFolder = folder },
            TimeProvider.System
        );

        var fault = (await client.GetResponseAsync(Id, default)).Fault!;

        Assert.Equal(FaultKind.Misdirected, fault.Kind);
        Assert.Contains($"the answer cannot be kept in {folder}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_to_its_end_in_time_is_unreachable()
    {
        var reply = await GetAsync(
            async context =>
            {
                await context.Response.Body.WriteAsync(new byte[10]);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
            },
            timeout: TimeSpan.FromMilliseconds(300)
        );

        Assert.Equal(FaultKind.Unreachable, reply.Fault!.Kind);
        Assert.Contains("no answer in time", reply.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_error_page_of_any_length_only_the_beginning_is_read()
    {
        var reply = await GetAsync(
            async context =>
            {
                context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
                await context.Response.WriteAsync("it is broken ");
                await context.Response.Body.WriteAsync(new byte[5 << 20]);
            },
            limit: 1 << 20
        );

        Assert.Equal(FaultKind.Broken, reply.Fault!.Kind);
        Assert.Contains("it is broken", reply.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(null)]
    public async Task An_id_that_makes_no_address_is_hopeless_and_nothing_is_sent(string? id)
    {
        var requests = 0;
        await using var service = await HttpDouble.StartAsync(context =>
        {
            requests++;
            return Task.CompletedTask;
        });
        using var client = Client(service, 1 << 20, TimeSpan.FromSeconds(30));

        var state = await client.GetStateAsync(new TaskId(id ?? new string('x', 9000)), default);
        var response = await client.GetResponseAsync(new TaskId(id ?? new string('x', 9000)), default);

        Assert.Equal(FaultKind.Hopeless, state.Fault!.Kind);
        Assert.Equal(FaultKind.Hopeless, response.Fault!.Kind);
        Assert.InRange(state.Fault.Message.Length, 1, 400);
        Assert.Equal(0, requests);
    }

    /// <summary>Bytes that do not compress, the same each time.</summary>
    private static byte[] Noise(int size)
    {
        var bytes = new byte[size];
        var state = 1u;
        for (var i = 0; i < size; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }

    private static byte[] Packed(string encoding)
    {
        var plain = Noise(50_000);
        var packed = new MemoryStream();
        using (
            Stream packer = encoding switch
            {
                "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
                "br" => new BrotliStream(packed, CompressionLevel.Optimal),
                _ => new ZLibStream(packed, CompressionLevel.Optimal),
            }
        )
        {
            packer.Write(plain);
        }

        return packed.ToArray();
    }

    private static async Task<Reply<TaskResponse>> GetAsync(
        RequestDelegate answer,
        long limit = 100 << 20,
        TimeSpan? timeout = null
    )
    {
        await using var service = await HttpDouble.StartAsync(answer);
        using var client = Client(service, limit, timeout ?? TimeSpan.FromSeconds(60));
        return await client.GetResponseAsync(Id, default);
    }

    private static TaskServiceClient Client(HttpDouble service, long limit, TimeSpan timeout) =>
        new(
            new ServiceEndpoint(service.Address, ServiceHost.Localhost),
            new TaskServiceClientOptions { MaxAnswerBytes = limit, TransferTimeout = timeout },
            TimeProvider.System
        );

    /// <summary>Says when the beginning of an answer has arrived.</summary>
    private sealed class AnnouncedAnswers(TaskCompletionSource begun)
        : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            begun.SetResult();
            return response;
        }
    }
}
