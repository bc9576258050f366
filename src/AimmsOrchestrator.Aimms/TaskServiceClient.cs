using System.Text;
using AimmsOrchestrator.Aimms.Faults;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Aimms.Wire;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using Flurl.Http;

namespace AimmsOrchestrator.Aimms;

/// <summary>
/// The AIMMS task service over HTTP. Use one client per service: it keeps a pool of connections and is safe for
/// concurrent callers.
/// </summary>
public sealed class TaskServiceClient : ITaskService, ITaskLogs, ISolveMonitor, IDisposable
{
    private readonly TaskServiceClientOptions _options;
    private readonly TaskAddresses _addresses;
    private readonly Transport _transport;
    private readonly FaultMapper _faults;
    private readonly KeyRedactor _redactor;
    private readonly TaskReader _tasks;
    private readonly bool _hasHooks;

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
        _hasHooks = endpoint.HasHooks;
        MayHaveLogs = endpoint.Host == ServiceHost.Cloud;
        MayKnowSolves = endpoint.Host == ServiceHost.Localhost;
    }

    /// <inheritdoc />
    public bool MayHaveLogs { get; }

    /// <inheritdoc />
    public bool MayKnowSolves { get; }

    /// <inheritdoc />
    public Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken) =>
        CallAsync<TaskId>(
            Call(HttpMethod.Post, _addresses.Submit(request.Target), "a task with an id") with
            {
                Content = new OneShotContent(request.Body, request.MediaType, request.Lease),
                Timeout = _options.TransferTimeout,
                Hook = _hasHooks ? request.Hook : null,
            },
            response => TaskReader.ReadId(response.Text) is { } id ? id : null,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken) =>
        CallAsync(
            Call(HttpMethod.Get, _addresses.Task(id), "a task with a state"),
            response => ReplyOf(_tasks.ReadTask(response.Text, id)),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken) =>
        CallAsync(
            Call(HttpMethod.Get, _addresses.Response(id), "a response") with
            {
                Timeout = _options.TransferTimeout,
                LargestAnswer = _options.MaxAnswerBytes,
                KeepsAnswer = true,
            },
            ReadResponse,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskSnapshot>> InterruptAsync(
        TaskId id,
        Interrupt interrupt,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            Call(HttpMethod.Put, _addresses.Task(id), "a task with a state") with
            {
                Content = new OneShotContent(SetStatus(interrupt), "application/json"),
            },
            response => ReplyOf(_tasks.ReadTask(response.Text, id)),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken) =>
        CallAsync<TaskId>(
            Call(HttpMethod.Delete, _addresses.Task(id), "a confirmation"),
            response => WebPage.Read(response.Body, _redactor) is null ? id : null,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        CallAsync(
            Call(HttpMethod.Get, _addresses.List(filter), "a list of tasks"),
            response =>
                ReplyOf(_tasks.ReadList(response.Text) is { } page ? page with { ServiceTime = response.Date } : null),
            cancellationToken
        );

    /// <summary>
    /// The apps that the account has, as far as its key may know; cloud only (<c>/pro-api/v2/applications</c>, in the vendor's
    /// page on its REST API).
    /// </summary>
    public Task<Reply<PublishedApps>> ListAppsAsync(CancellationToken cancellationToken) =>
        CallAsync(
            Call(HttpMethod.Get, _addresses.Apps, "a list of apps"),
            response => ReplyOf(AppReader.Read(response.Text) is { } apps ? new PublishedApps(apps) : null),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<Reply<SolveStatus>> GetSolveStatusAsync(TaskId id, CancellationToken cancellationToken) =>
        CallAsync<SolveStatus>(
            Call(HttpMethod.Get, _addresses.Status(id), "the status of a solve"),
            response =>
                SolveStatusReader.Read(response.Text) is { } status
                    ? status
                    : new ServiceFault(FaultKind.Unknown, "the model writes nothing that says how far its solver is"),
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<Reply<string>> GetLogAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (!MayHaveLogs)
        {
            return new ServiceFault(FaultKind.Unknown, "a service on localhost keeps no logs of its tasks");
        }

        // The portal has both; which form the second one answers in is not published.
        var download = await LogAsync(_addresses.LogDownload(id), cancellationToken).ConfigureAwait(false);
        return download.Fault?.Kind is FaultKind.Unknown or FaultKind.WrongRequest
            ? await LogAsync(_addresses.Log(id), cancellationToken).ConfigureAwait(false)
            : download;
    }

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private static byte[] SetStatus(Interrupt interrupt) =>
        interrupt == Interrupt.Solve
            ? """{"setstatus": "interrupt-solve"}"""u8.ToArray()
            : """{"setstatus": "interrupt-execution"}"""u8.ToArray();

    private static Reply<T>? ReplyOf<T>(T? value)
        where T : class => value is null ? null : (Reply<T>)value;

    private Task<Reply<string>> LogAsync(string address, CancellationToken cancellationToken) =>
        CallAsync<string>(
            Call(HttpMethod.Get, address, "a log") with
            {
                Timeout = _options.TransferTimeout,
            },
            response =>
            {
                if (WebPage.Read(response.Body, _redactor) is not null)
                {
                    return null;
                }

                return _redactor.Redact(LogText(response));
            },
            cancellationToken
        );

    private static string LogText(RawResponse response) =>
        Encoding.UTF8.GetString(BodyText.Utf8(response.Body, response.MediaType, out _).Span);

    /// <summary>A request without a body, and with an answer that is no response.</summary>
    private TaskCall Call(HttpMethod method, string address, string expected) =>
        new(method, address, expected) { Timeout = _options.RequestTimeout, LargestAnswer = _options.MaxDocumentBytes };

    private Reply<TaskResponse>? ReadResponse(RawResponse response) =>
        ReplyOf(
            IsOfModel(response) ? new TaskResponse(response.Body, response.MediaType) { Lease = response.Lease } : null
        );

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
        TaskCall call,
        Func<RawResponse, Reply<T>?> read,
        CancellationToken cancellationToken
    )
        where T : notnull
    {
        if (!TaskAddresses.CanBeAsked(call.Address))
        {
            return _faults.NoAddress(call.Name);
        }

        try
        {
            var response = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
            var isKept = false;
            try
            {
                var reply = ReplyTo(call, response, read);
                isKept = call.KeepsAnswer && reply.IsSuccess;
                return reply;
            }
            finally
            {
                if (!isKept)
                {
                    response.Lease?.Dispose();
                }
            }
        }
        catch (FlurlHttpException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return call.IsWithheld ? _faults.Withheld(call.Name) : _faults.NoAnswer(call.Name, e, call.HasStarted);
        }
        catch (AnswerException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _faults.UselessAnswer(call.Name, e, call.HasStarted);
        }
    }

    private Reply<T> ReplyTo<T>(TaskCall call, RawResponse response, Func<RawResponse, Reply<T>?> read)
        where T : notnull =>
        response.IsRedirect ? _faults.Redirected(call.Name, response, call.Method == HttpMethod.Get)
        : !response.IsAnswerTo(call.Method) ? _faults.ErrorStatus(call.Name, response)
        : read(response)
            ?? _faults.UnexpectedBody(call.Name, response, call.Expected, _transport.IsElsewhere(response));
}
