namespace AimmsOrchestrator.Emulator.Faults;

/// <summary>
/// The faults and their rates. A rate is a probability from 0 (never, the default) to 1 (always), drawn for each request
/// or task.
/// </summary>
public sealed record FaultOptions
{
    /// <summary>Requests answered with 500 (the services' JSON), 502 or 503 (a proxy's HTML); a submit among them is not taken.</summary>
    public double ServerError { get; init; }

    /// <summary>Requests answered with 429 and <c>Retry-After</c>; a submit among them is not taken.</summary>
    public double TooManyRequests { get; init; }

    /// <summary>The <c>Retry-After</c> of these, in whole seconds; 1 by default.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Submits whose connection is cut before the task is taken.</summary>
    public double CutBeforeTaken { get; init; }

    /// <summary>Submits whose connection is cut after the task is taken: the client never learns its id.</summary>
    public double CutAfterTaken { get; init; }

    /// <summary>GETs whose connection is cut before the answer.</summary>
    public double CutGet { get; init; }

    /// <summary>GETs about a task's state answered with 200 and a web page.</summary>
    public double HtmlPage { get; init; }

    /// <summary>Submits redirected to a sign-in service (302); none of them is taken.</summary>
    public double Redirect { get; init; }

    /// <summary>Requests answered with 200 and a gateway's sign-in page; a submit among them is not taken.</summary>
    public double SignInPage { get; init; }

    /// <summary>Responses of tasks answered with 206 and their first half.</summary>
    public double PartialResponse { get; init; }

    /// <summary>Documents about tasks that begin with a byte order mark.</summary>
    public double ByteOrderMark { get; init; }

    /// <summary>Responses of tasks in ISO 8859-1, which their media type declares.</summary>
    public double Latin1 { get; init; }

    /// <summary>Documents about a task whose error message ends with half of a surrogate pair.</summary>
    public double HalfSurrogate { get; init; }

    /// <summary>Responses of tasks compressed with gzip, of which the second half is missing.</summary>
    public double CutGzip { get; init; }

    /// <summary>Tasks that fail, having written an error document as their response.</summary>
    public double FailWithDocument { get; init; }

    /// <summary>Requests whose answer is slow.</summary>
    public double Slow { get; init; }

    /// <summary>The delay of a slow answer, in seconds; 5 by default.</summary>
    public double SlowSeconds { get; init; } = 5;

    /// <summary>Tasks that fail without running.</summary>
    public double FailTask { get; init; }

    /// <summary>Tasks that never leave the queue.</summary>
    public double StickTask { get; init; }

    /// <summary>Tasks that the service forgets after their first poll: 404 from then on.</summary>
    public double ForgetTask { get; init; }

    /// <summary>Submits answered with 500, 502 or 504 although the task is taken.</summary>
    public double ErrorAfterTaken { get; init; }

    /// <summary>How long the response of an ended task is answered with 404, in seconds; 0 by default.</summary>
    public double ResponseDelaySeconds { get; init; }

    /// <summary>
    /// After how many submits the service loses all its tasks, as if it had been started anew; 0, the default, for never.
    /// The submit at which it happens is cut off and not taken.
    /// </summary>
    public int ForgetAllAfter { get; init; }

    /// <summary>How far the times of tasks are ahead of this machine's clock, in seconds; may be negative.</summary>
    public double ClockSeconds { get; init; }

    /// <summary>How far the <c>Date</c> header is ahead of this machine's clock, in seconds; may be negative.</summary>
    public double DateSeconds { get; init; }

    /// <summary>Answers without a <c>Date</c> header.</summary>
    public double NoDate { get; init; }

    /// <summary>The status with which the list of tasks is refused, such as 400, 403 or 404; 0, the default, for none.</summary>
    public int ListStatus { get; init; }

    /// <summary>The status with which a list that is asked for with <c>after</c> is refused; 0, the default, for none.</summary>
    public int FilterStatus { get; init; }

    /// <summary>Calls of hooks that are never made.</summary>
    public double HookLost { get; init; }

    /// <summary>How late every call of a hook is, in seconds; 0 by default.</summary>
    public double HookDelaySeconds { get; init; }

    /// <summary>After how many calls no hook is called any more; 0, the default, for never.</summary>
    public int HookStop { get; init; }

    /// <summary>Calls of hooks that are made twice.</summary>
    public double HookTwice { get; init; }

    /// <summary>Calls of hooks that are up to a second late, and so may come after later ones.</summary>
    public double HookShuffle { get; init; }

    /// <summary>How long a new task is missing from the list of tasks, in seconds; 0 by default.</summary>
    public double ListDelaySeconds { get; init; }
}
