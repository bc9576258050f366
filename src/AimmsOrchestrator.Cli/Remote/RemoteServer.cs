using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AimmsOrchestrator.Aimms.Http;
using Flurl.Http;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>
/// Speaks HTTP with one server. It follows no redirects, so that the token goes nowhere else, and turns whatever goes wrong into
/// one line.
/// </summary>
internal sealed class RemoteServer : IDisposable
{
    private const int MostRead = 64 * 1024;
    private const int MostWaits = 20;
    private const int LargeBody = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly FlurlClient _client;

    /// <param name="address">Where the server is.</param>
    /// <param name="time">The clock.</param>
    public RemoteServer(ServerAddress address, TimeProvider time)
    {
        (Address, Time) = (address, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            Proxy = new ServiceProxy(HttpClient.DefaultProxy),
            UseCookies = false,
        };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(
            $"aimms-batch/{typeof(RemoteServer).Assembly.GetName().Version?.ToString(3)}"
        );
        _client = new FlurlClient(http);
    }

    public ServerAddress Address { get; }

    public TimeProvider Time { get; }

    /// <summary>A document.</summary>
    /// <param name="path">Below the server's address, such as <c>api/batches</c>.</param>
    /// <param name="type">What it is.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="ServerProblemException">It cannot be had.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var answer = await OpenAsync(path, cancellation);
        return await ReadAsync(answer, type, cancellation);
    }

    /// <summary>Asks for a change.</summary>
    /// <param name="path">Below the server's address.</param>
    /// <param name="body">What is sent; null for nothing. It is made anew where the request is repeated.</param>
    /// <param name="type">What is answered.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <param name="method">POST by default.</param>
    /// <param name="key">The idempotency key; null for none.</param>
    /// <exception cref="ServerProblemException">It is refused, or may have been lost.</exception>
    public async Task<T> SendAsync<T>(
        string path,
        Func<HttpContent>? body,
        JsonTypeInfo<T> type,
        CancellationToken cancellation,
        HttpMethod? method = null,
        string? key = null
    )
        where T : class
    {
        var message = new Message(method ?? HttpMethod.Post, path) { Body = body, Key = key };
        using var answer = await AskAsync(message, cancellation);
        return await ReadAsync(answer, type, cancellation);
    }

    /// <summary>An answer whose body is to be streamed.</summary>
    /// <exception cref="ServerProblemException">It cannot be had.</exception>
    public Task<HttpResponseMessage> OpenAsync(
        string path,
        CancellationToken cancellation,
        Func<HttpContent>? body = null
    ) => AskAsync(new Message(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Body = body }, cancellation);

    /// <summary>A stream of events that ends when it ends.</summary>
    /// <param name="path">Below the server's address.</param>
    /// <param name="last">The id of the last event that was seen; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ServerProblemException">It cannot be had.</exception>
    public async Task<HttpResponseMessage> ListenAsync(string path, string? last, CancellationToken cancellation)
    {
        var message = new Message(HttpMethod.Get, path) { Patience = ConnectTimeout * 2, LastEvent = last };
        var answer = await AskAsync(message, cancellation);
        return answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? answer
            : throw ServerProblemException.NotOurs(Address, answer);
    }

    /// <summary>Copies the body of an answer.</summary>
    /// <exception cref="ServerProblemException">Not all of it arrives.</exception>
    public async Task CopyAsync(HttpResponseMessage answer, Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[MostRead];
        Stream? stream = null;
        while (await ReadSomeAsync() is > 0 and var length)
        {
            await output.WriteAsync(buffer.AsMemory(0, length), cancellation);
        }

        async Task<int> ReadSomeAsync()
        {
            try
            {
                stream ??= new WatchedStream(await answer.Content.ReadAsStreamAsync(cancellation), Patience);
                return await stream.ReadAsync(buffer, cancellation);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw ServerProblemException.NoAnswer(Address, e);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>A server that has too many requests of this token is asked again when it says so.</summary>
    private async Task<HttpResponseMessage> AskAsync(Message message, CancellationToken cancellation)
    {
        for (var waits = 0; ; waits++)
        {
            var answer = await SendOnceAsync(message, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                var problem = ServerProblemException.Of(Address, answer, await BeginningAsync(answer, cancellation));
                if (problem.Status != HttpStatusCode.TooManyRequests || waits == MostWaits || !IsTooFast(problem))
                {
                    throw problem;
                }

                await Task.Delay(problem.RetryAfter ?? TimeSpan.FromSeconds(0.5), Time, cancellation);
            }
        }
    }

    /// <summary>There is another reason for this status: too many unfinished batches, which a moment does not change.</summary>
    private static bool IsTooFast(ServerProblemException problem) =>
        problem.Message.EndsWith("slow down", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> SendOnceAsync(Message message, CancellationToken cancellation)
    {
        var body = message.Body?.Invoke();
        var url = new Uri(Address.Url, message.Path).AbsoluteUri;
        var request = new FlurlRequest(url) { Verb = message.Method, Content = body };
        request.Settings.Timeout = message.Patience;
        request.Settings.AllowedHttpStatusRange = "*";
        request.Settings.Redirects.Enabled = false;
        if (Address.Token is { } token)
        {
            request.WithHeader("Authorization", $"Bearer {token}");
        }

        if (body?.Headers.ContentLength > LargeBody)
        {
            // A server that refuses a large body says so before it is sent.
            request.WithHeader("Expect", "100-continue");
        }

        if (message.Key is { } key)
        {
            request.WithHeader("Idempotency-Key", key);
        }

        if (message.LastEvent is { } last)
        {
            request.WithHeader("Last-Event-ID", last);
        }

        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.ResponseMessage;
        }
        catch (FlurlHttpException e) when (!cancellation.IsCancellationRequested)
        {
            throw ServerProblemException.NoAnswer(Address, e.InnerException ?? e);
        }
        catch (FlurlHttpException e)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
    }

    /// <summary>The document of an answer.</summary>
    /// <exception cref="ServerProblemException">It has none, or not all of it arrives.</exception>
    public async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/json")
        {
            throw ServerProblemException.NotOurs(Address, answer);
        }

        try
        {
            await using var stream = new WatchedStream(await answer.Content.ReadAsStreamAsync(cancellation), Patience);
            return await JsonSerializer.DeserializeAsync(stream, type, cancellation)
                ?? throw ServerProblemException.NotOurs(Address, answer);
        }
        catch (JsonException)
        {
            throw ServerProblemException.NotOurs(Address, answer);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw ServerProblemException.NoAnswer(Address, e);
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[MostRead];
            var length = await stream.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, cancellation);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return "";
        }
    }

    /// <summary>A request, which may be sent more than once.</summary>
    private sealed record Message(HttpMethod Method, string Path)
    {
        /// <summary>Makes what is sent, anew each time; null for nothing.</summary>
        public Func<HttpContent>? Body { get; init; }

        /// <summary>The idempotency key; null for none.</summary>
        public string? Key { get; init; }

        /// <summary>The id of the last event that was seen; null for none.</summary>
        public string? LastEvent { get; init; }

        /// <summary>For how long the answer's head may take.</summary>
        public TimeSpan Patience { get; init; } = RemoteServer.Patience;
    }
}
