using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AimmsOrchestrator.Aimms.Http;
using AimmsOrchestrator.Domain.TaskService;
using Flurl.Http;

namespace AimmsOrchestrator.Aimms.Faults;

/// <summary>Maps failures to the <see cref="FaultKind"/>s that the engine decides by. Only this type knows how Flurl wraps exceptions.</summary>
internal sealed class FaultMapper(ServiceEndpoint endpoint, TimeProvider time)
{
    /// <summary>A longer <c>Retry-After</c> is cut to this.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>The proxy that requests go through, for messages; null where there is none.</summary>
    public string? Proxy { get; init; }

    private readonly KeyRedactor _redactor = new(endpoint.Key);

    /// <summary>No answer arrived.</summary>
    /// <param name="what">The request, for a person: <c>POST http://…</c>.</param>
    /// <param name="exception">What Flurl threw.</param>
    /// <param name="mayHaveArrived">Whether any of the request's body was sent.</param>
    public ServiceFault NoAnswer(string what, FlurlHttpException exception, bool mayHaveArrived)
    {
        var why = exception is FlurlHttpTimeoutException ? "no answer in time" : Cause(exception);
        return new ServiceFault(FaultKind.Unreachable, Safe($"{what}: {why}")) { MayHaveArrived = mayHaveArrived };
    }

    /// <summary>An answer with a success status began, and its body is of no use.</summary>
    public ServiceFault UselessAnswer(string what, AnswerException exception, bool mayHaveArrived) =>
        new(exception.Kind, Safe($"{what}: {ErrorBody.OneLine(exception.Message)}"))
        {
            MayHaveArrived = mayHaveArrived,
        };

    /// <summary>The task's id makes an address that no service takes; nothing was sent.</summary>
    public ServiceFault NoAddress(string what) =>
        new(
            FaultKind.Hopeless,
            Safe($"{ErrorBody.OneLine(what)}: the task's id makes an address that no service takes")
        );

    /// <summary>The lease of a submit held no longer; nothing was sent.</summary>
    public ServiceFault Withheld(string what) =>
        new(FaultKind.Withheld, Safe($"{what}: not sent: another process may drive the batch by now"));

    /// <summary>The answer has an error status.</summary>
    public ServiceFault ErrorStatus(string what, RawResponse response)
    {
        var body = ErrorBody.Read(response.Text.Span, _redactor);
        var reason = response.Reason is { Length: > 0 } r
            ? $"{response.Status} {r}"
            : ((HttpStatusCode)response.Status).ToString();
        var saysMore = body.Text.Length > 0 && !body.Text.Equals(reason, StringComparison.OrdinalIgnoreCase);
        var isPart = response.Status is >= 200 and < 300;
        var text = isPart
            ? $"{what}: {reason}: this is not the whole answer"
            : $"{what}: {reason}{(saysMore ? $": {body.Text}" : "")}";
        if (body.Id is { } id)
        {
            text += $" (error id {id})";
        }

        return new ServiceFault(KindOf(response.Status), Safe(text))
        {
            HttpStatus = response.Status,
            ErrorCode = body.Code,
            ErrorId = body.Id,
            RetryAfter = response.RetryAfter is { } header ? Wait(header, response.Date) : null,
            MayHaveArrived = !IsRefusal(response),
        };
    }

    /// <summary>The answer stands elsewhere, at an address that no request of this kind is sent on to.</summary>
    /// <param name="what">The request, for a person.</param>
    /// <param name="response">The answer, with its <c>Location</c>.</param>
    /// <param name="isGet">Whether the request only reads: then the redirect was followed as far as it may be.</param>
    public ServiceFault Redirected(string what, RawResponse response, bool isGet)
    {
        var target = response.Location is { } location
            ? ErrorBody.OneLine(location)
            : "an address that it does not name";
        var why = isGet
            ? "which this program does not follow"
            : "and only requests that read are sent on: write the task service's own address in service.url";
        return new ServiceFault(
            FaultKind.Misdirected,
            Safe($"{what}: {response.Status} {response.Reason}: redirected to {target}, {why}")
        )
        {
            HttpStatus = response.Status,

            // After these two (RFC 9110, sections 15.4.3 and 15.4.4) the request may have been carried out.
            MayHaveArrived = response.Status is 302 or 303,
        };
    }

    /// <summary>
    /// Whether an answer says that the request was not acted upon: an error of the client, but for a time-out, and a service
    /// that names the time to come back. Any other error may have come after the request was taken.
    /// </summary>
    private static bool IsRefusal(RawResponse response) =>
        response.Status is >= 400 and < 500 and not (int)HttpStatusCode.RequestTimeout
        || (response.Status == (int)HttpStatusCode.ServiceUnavailable && response.RetryAfter is not null);

    /// <summary>The answer has a success status and an unexpected body.</summary>
    /// <param name="what">The request, for a person.</param>
    /// <param name="response">The answer.</param>
    /// <param name="expected">What should have come.</param>
    /// <param name="isElsewhere">Whether another host answered.</param>
    public ServiceFault UnexpectedBody(string what, RawResponse response, string expected, bool isElsewhere)
    {
        var page = WebPage.Read(response.Body, _redactor);
        var isSignIn = page is not null && (page.IsSignIn || isElsewhere);
        var from = isElsewhere ? $" from {response.RedirectedTo!.Authority}" : "";
        var text = isSignIn
            ? $"{what}: a sign-in page{from} instead of {expected}: \"{page!.Title}\""
            : $"{what}: the answer{from} is not {expected}: {Start(response)}";
        return new ServiceFault(isSignIn ? FaultKind.Misdirected : FaultKind.Broken, Safe(text))
        {
            HttpStatus = response.Status,
            IsWebPage = page is not null,
            MayHaveArrived = true,
        };
    }

    private string Start(RawResponse response) =>
        response.Body.Length == 0 ? "it is empty" : $"\"{ErrorBody.Read(response.Text.Span, _redactor).Text}\"";

    private static FaultKind KindOf(int status) =>
        status switch
        {
            401 or 403 => FaultKind.Refused,
            404 => FaultKind.Unknown,
            429 or 503 => FaultKind.Overloaded,
            408 => FaultKind.Overloaded,
            >= 400 and < 500 => FaultKind.WrongRequest,
            _ => FaultKind.Broken,
        };

    /// <param name="header">The <c>Retry-After</c>: seconds, or a date of the service's clock.</param>
    /// <param name="sentAt">When the answer was sent, by the same clock; null where it does not say.</param>
    private TimeSpan Wait(RetryConditionHeaderValue header, DateTimeOffset? sentAt)
    {
        var wait = header.Delta ?? (header.Date is { } date ? date - (sentAt ?? time.GetUtcNow()) : TimeSpan.Zero);
        return wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > LongestRetryAfter ? LongestRetryAfter
            : wait;
    }

    private string Cause(FlurlHttpException exception)
    {
        var inner = exception.InnerException;
        var asked = Proxy is null ? endpoint.Address : new Uri(Proxy);
        var address = asked.Authority;
        return (inner as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => string.Create(
                CultureInfo.InvariantCulture,
                $"there is no host \"{asked.Host}\""
            ),
            HttpRequestError.ConnectionError => $"nothing listens at {address}",
            HttpRequestError.SecureConnectionError => $"no secure connection to {address}: {Innermost(inner!)}",
            HttpRequestError.ResponseEnded => "the connection broke before the answer was there",
            HttpRequestError.ConfigurationLimitExceeded => "the answer is larger than this program reads",
            _ => inner is null ? exception.Message : Innermost(inner),
        };
    }

    private string Innermost(Exception exception) =>
        ErrorBody.OneLine(_redactor.Redact(exception.GetBaseException().Message));

    /// <summary>Its parts are free of the key before they are cut; once more, for what they make together.</summary>
    private string Safe(string message) =>
        // An error may be the proxy's own.
        _redactor.Redact(Proxy is null ? message : $"{message} (through the proxy {Proxy} of the environment)");
}
