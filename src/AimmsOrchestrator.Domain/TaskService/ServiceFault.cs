namespace AimmsOrchestrator.Domain.TaskService;

/// <summary>The few kinds of failure that the engine can decide on.</summary>
public enum FaultKind
{
    /// <summary>No answer: the name does not resolve, nothing listens, the connection broke, or the time was up.</summary>
    Unreachable,

    /// <summary>401 or 403: the key, its scope, a right or (on localhost) the service name is wrong.</summary>
    Refused,

    /// <summary>
    /// The answer is not the task service's own, such as a redirect that is not followed or a sign-in page, or this machine cannot
    /// keep it. Every other request would meet the same, until a person acts.
    /// </summary>
    Misdirected,

    /// <summary>404: no such task, or no response of it yet.</summary>
    Unknown,

    /// <summary>408, 429 or 503: not now.</summary>
    Overloaded,

    /// <summary>Any other 5xx, or an answer that is not what it should be, or not all of it.</summary>
    Broken,

    /// <summary>Any other 4xx: the same request will never do.</summary>
    WrongRequest,

    /// <summary>An answer came whose body cannot be decoded: broken compression, chunks that make no sense.</summary>
    Unreadable,

    /// <summary>Another try would end the same: the answer is over the limit, or the task's id makes no address.</summary>
    Hopeless,

    /// <summary>Nothing was sent: another process may drive the batch by now (<see cref="ISendLease"/>).</summary>
    Withheld,
}

/// <summary>Why a request to the task service has no usable answer.</summary>
/// <param name="Kind">What the engine decides by.</param>
/// <param name="Message">One line for a person; never holds a key.</param>
public sealed record ServiceFault(FaultKind Kind, string Message)
{
    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The service's own error number (30001 and the like), where its body has one.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The UUID to quote to the vendor's support, where the body has one.</summary>
    public string? ErrorId { get; init; }

    /// <summary>How long the service asks to be left alone (<c>Retry-After</c>); null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The pause that follows from <see cref="RetryAfter"/> for every request; null where that is missing or zero, which says that the
    /// service is there and nothing of a time.
    /// </summary>
    public TimeSpan? Pause => RetryAfter > TimeSpan.Zero ? RetryAfter : null;

    /// <summary>
    /// Whether the service may have acted on the request all the same: the answer was lost (a time-out, a connection
    /// that broke after the send, a gateway's 504), not the request. A submit of this sort is not sent again blindly.
    /// </summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>Whether a web page came instead of an answer: where it lasts, it says nothing about this request alone.</summary>
    public bool IsWebPage { get; init; }

    /// <summary>
    /// Whether it says that the service is away, and nothing about this request: no answer at all, or a gateway's statement
    /// that there is nothing behind it (502, 504, and 503 without a <c>Retry-After</c>).
    /// </summary>
    public bool IsOutage =>
        Kind == FaultKind.Unreachable || HttpStatus is 502 or 504 || (HttpStatus == 503 && RetryAfter is null);
}
