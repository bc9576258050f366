using System.Net;
using System.Text;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.TaskService;
using Flurl.Http;

namespace AimmsOrchestrator.Aimms.Http;

/// <summary>
/// Sends requests and follows redirects. It follows them itself, so that the key goes to its own origin only, in the header
/// and in no address, and an encrypted connection is never downgraded. What it hands on beside the body is free of the key.
/// </summary>
internal sealed class Transport : IDisposable
{
    private const string KeyHeader = "apikey";
    private const string HookHeader = "taskStateHook";
    private const int MostRedirects = 5;

    private readonly FlurlClient _client;
    private readonly ServiceEndpoint _endpoint;
    private readonly KeyRedactor _redactor;
    private readonly string _spoolFolder;

    public Transport(ServiceEndpoint endpoint, TaskServiceClientOptions options, HttpMessageHandler? handler)
    {
        _endpoint = endpoint;
        _spoolFolder = options.SpoolFolder;
        _redactor = new KeyRedactor(endpoint.Key);
        var http = new HttpClient(handler ?? MakeHandler(options))
        {
            // Each request has its own timeout, which Flurl applies.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(
            $"aimms-batch/{typeof(Transport).Assembly.GetName().Version?.ToString(3)}"
        );
        http.DefaultRequestHeaders.ExpectContinue = false;
        _client = new FlurlClient(http);
    }

    /// <exception cref="FlurlHttpException">No answer arrived.</exception>
    /// <exception cref="AnswerException">An answer arrived that cannot be read.</exception>
    public async Task<RawResponse> SendAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var (address, timeout) = (call.Address, call.Timeout);
        for (var redirects = 0; ; redirects++)
        {
            var request = new FlurlRequest(address) { Verb = call.Method, Content = call.Content };
            request.Settings.Timeout = timeout;
            request.Settings.AllowedHttpStatusRange = "*";
            request.Settings.Redirects.Enabled = false;
            if (_endpoint is { Host: ServiceHost.Cloud, Key: { } key } && IsSameOrigin(new Uri(address)))
            {
                request.WithHeader(KeyHeader, key.Reveal());
            }

            if (call.Hook is { } hook)
            {
                request.WithHeader(HookHeader, hook.AbsoluteUri);
            }

            using var response = await _client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            var message = response.ResponseMessage;
            if (NextAddress(message, call.Method, address) is { } next && redirects < MostRedirects)
            {
                address = next;
                continue;
            }

            var (body, lease) = message.IsSuccessStatusCode
                ? await AnswerReader.ReadAsync(message, call.LargestAnswer, timeout, _spoolFolder, cancellationToken)
                : (await AnswerReader.ReadBeginningAsync(message, timeout, cancellationToken), null);
            return new RawResponse(
                response.StatusCode,
                _redactor.Redact(message.ReasonPhrase),
                body,
                _redactor.Redact(BodyText.MediaTypeOf(message.Content.Headers.ContentType))
            )
            {
                Lease = lease,
                RetryAfter = message.Headers.RetryAfter,
                Date = message.Headers.Date,
                Location = _redactor.Redact(message.Headers.Location?.ToString()),
                RedirectedTo = redirects > 0 ? new Uri(address) : null,
            };
        }
    }

    /// <summary>Whether another host answered, to which the service redirected.</summary>
    public bool IsElsewhere(RawResponse response) => response.RedirectedTo is { } address && !IsSameOrigin(address);

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler MakeHandler(TaskServiceClientOptions options) =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            Proxy = new ServiceProxy(HttpClient.DefaultProxy),
            PooledConnectionLifetime = options.ConnectionLifetime,
            UseCookies = false,
        };

    /// <summary>Only a GET follows a redirect; a request with a body is never sent twice.</summary>
    private string? NextAddress(HttpResponseMessage message, HttpMethod method, string address)
    {
        if ((int)message.StatusCode is not (301 or 302 or 303 or 307 or 308) || method != HttpMethod.Get)
        {
            return null;
        }

        if (message.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(address);
        var next = location.IsAbsoluteUri ? location : new Uri(target, location);
        var isSafe =
            WebAddress.IsCallable(next) && (next.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp);

        // An address goes into logs along the way: the key may be in a header, and in none of them.
        return isSafe && !_redactor.IsIn(Encoding.UTF8.GetBytes(next.AbsoluteUri)) ? next.AbsoluteUri : null;
    }

    private bool IsSameOrigin(Uri address) =>
        Uri.Compare(
            address,
            _endpoint.Address,
            UriComponents.SchemeAndServer,
            UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;
}
