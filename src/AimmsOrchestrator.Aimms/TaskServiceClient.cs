using AimmsOrchestrator.Aimms.Faults;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Aimms.Wire;
using AimmsOrchestrator.Domain.TaskService;
using Flurl.Http;

namespace AimmsOrchestrator.Aimms;

/// <summary>
/// The AIMMS task service over HTTP. Use one client per service: it keeps a pool of connections and is safe for
/// concurrent callers.
/// </summary>
public sealed class TaskServiceClient : ITaskService, IDisposable
{
    private readonly TaskServiceClientOptions _options;
    private readonly TaskAddresses _addresses;
    private readonly Transport _transport;
    private readonly FaultMapper _faults;
    private readonly KeyRedactor _redactor;
    private readonly TaskReader _tasks;

    /// <param name="endpoint">Where the service is, and its version.</param>
    /// <param name="options">Time and size limits.</param>
    /// <param name="time">The clock, for <c>Retry-After</c> dates.</param>
    /// <param name="handler">Replaces the client's own connections; for tests.</param>
    public TaskServiceClient(
        ServiceEndpoint endpoint,
        TaskServiceClientOptions options,
        TimeProvider time,
        HttpMessageHandler? handler = null
    )
    {
        _options = options;
        _addresses = new TaskAddresses(endpoint);
        _transport = new Transport(endpoint, options, handler);
        _faults = new FaultMapper(endpoint, time)
        {
            Proxy = handler is null ? new ServiceProxy(HttpClient.DefaultProxy).Name(endpoint.Address) : null,
        };
        _redactor = new KeyRedactor(endpoint.Key);
        _tasks = new TaskReader(_redactor);
    }

    /// <inheritdoc />
    public Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken) =>
        CallAsync<TaskId>(
            HttpMethod.Post,
            _addresses.Submit(request.Target),
            new OneShotContent(request.Body, request.MediaType),
            _options.TransferTimeout,
            "a task with an id",
            response => TaskReader.ReadId(response.Text) is { } id ? id : null,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken) =>
        CallAsync<TaskSnapshot>(
            HttpMethod.Get,
            _addresses.Task(id),
            content: null,
            _options.RequestTimeout,
            "a task with a state",
            response => ReplyOf(_tasks.ReadTask(response.Text, id)),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken) =>
        GetBytesAsync(_addresses.Response(id), _options.TransferTimeout, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskResponse>> GetIntermediateStatusAsync(TaskId id, CancellationToken cancellationToken) =>
        GetBytesAsync(_addresses.Status(id), _options.RequestTimeout, cancellationToken);

    /// <inheritdoc />
    public Task<Reply<TaskSnapshot>> InterruptAsync(
        TaskId id,
        Interrupt interrupt,
        CancellationToken cancellationToken
    ) =>
        CallAsync<TaskSnapshot>(
            HttpMethod.Put,
            _addresses.Task(id),
            new OneShotContent(SetStatus(interrupt), "application/json"),
            _options.RequestTimeout,
            "a task with a state",
            response => ReplyOf(_tasks.ReadTask(response.Text, id)),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken) =>
        CallAsync<TaskId>(
            HttpMethod.Delete,
            _addresses.Task(id),
            content: null,
            _options.RequestTimeout,
            "a confirmation",
            _ => id,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        CallAsync<TaskPage>(
            HttpMethod.Get,
            _addresses.List(filter),
            content: null,
            _options.RequestTimeout,
            "a list of tasks",
            response =>
                _tasks.ReadList(response.Text) is { } page
                    ? page with
                    {
                        ServiceTime = response.Date,
                    }
                    : (Reply<TaskPage>?)null,
            cancellationToken
        );

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private static byte[] SetStatus(Interrupt interrupt) =>
        interrupt == Interrupt.Solve
            ? """{"setstatus": "interrupt-solve"}"""u8.ToArray()
            : """{"setstatus": "interrupt-execution"}"""u8.ToArray();

    private static Reply<T>? ReplyOf<T>(T? value)
        where T : class => value is null ? null : (Reply<T>)value;

    private Task<Reply<TaskResponse>> GetBytesAsync(
        string address,
        TimeSpan timeout,
        CancellationToken cancellationToken
    ) =>
        CallAsync<TaskResponse>(
            HttpMethod.Get,
            address,
            content: null,
            timeout,
            "a response",
            ReadResponse,
            cancellationToken,
            _options.MaxAnswerBytes
        );

    private Reply<TaskResponse>? ReadResponse(RawResponse response)
    {
        if (IsOfModel(response))
        {
            return new TaskResponse(response.Body, response.MediaType) { Lease = response.Lease };
        }

        response.Lease?.Dispose();
        return null;
    }

    /// <summary>
    /// Whether a response is what a model wrote, which may be a web page too: not one that is sent as JSON, or is expected to
    /// be JSON, or asks for a password, or stands at another host.
    /// </summary>
    private bool IsOfModel(RawResponse response) =>
        WebPage.Read(response.Body, _redactor) is not { } page
        || !(
            _options.ExpectsJson
            || page.HasSignInForm
            || _transport.IsElsewhere(response)
            || response.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is true
        );

    /// <summary>Makes one request; <paramref name="read"/> returns null for an unexpected body.</summary>
    private async Task<Reply<T>> CallAsync<T>(
        HttpMethod method,
        string address,
        OneShotContent? content,
        TimeSpan timeout,
        string expected,
        Func<RawResponse, Reply<T>?> read,
        CancellationToken cancellationToken,
        long? largest = null
    )
        where T : notnull
    {
        var what = $"{method} {address}";
        if (!TaskAddresses.CanBeAsked(address))
        {
            return _faults.NoAddress(what);
        }

        try
        {
            var response = await _transport
                .SendAsync(method, address, content, timeout, largest ?? _options.MaxDocumentBytes, cancellationToken)
                .ConfigureAwait(false);
            return response.IsRedirect ? _faults.Redirected(what, response, method == HttpMethod.Get)
                : !response.IsAnswerTo(method) ? _faults.ErrorStatus(what, response)
                : read(response) ?? _faults.UnexpectedBody(what, response, expected, _transport.IsElsewhere(response));
        }
        catch (FlurlHttpException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _faults.NoAnswer(what, e, content is { HasStarted: true });
        }
        catch (AnswerException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _faults.UselessAnswer(what, e, content is { HasStarted: true });
        }
    }
}
