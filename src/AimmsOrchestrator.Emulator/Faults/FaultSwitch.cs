namespace AimmsOrchestrator.Emulator.Faults;

/// <summary>One fault as a switch of the command line.</summary>
/// <param name="Name">The option's name after <c>--fault-</c>.</param>
/// <param name="ValueName">The kind of its value: a rate or seconds.</param>
/// <param name="Description">The help text.</param>
/// <param name="Apply">The options with the fault set to a value.</param>
public sealed record FaultSwitch(
    string Name,
    string ValueName,
    string Description,
    Func<FaultOptions, double, FaultOptions> Apply
)
{
    private const string Rate = "RATE";
    private const string Seconds = "SECONDS";
    private const string Offset = "OFFSET";
    private const string Status = "STATUS";
    private const string Number = "NUMBER";

    /// <summary>Every fault.</summary>
    public static IReadOnlyList<FaultSwitch> All { get; } =
    [
        new("5xx", Rate, "Requests answered with 500, 502 or 503", (o, v) => o with { ServerError = v }),
        new("429", Rate, "Requests answered with 429 and Retry-After", (o, v) => o with { TooManyRequests = v }),
        new(
            "retry-after",
            Seconds,
            "What Retry-After says (default 1)",
            (o, v) => o with { RetryAfterSeconds = (int)v }
        ),
        new("cut-before", Rate, "Submits cut off before the task is taken", (o, v) => o with { CutBeforeTaken = v }),
        new("cut-after", Rate, "Submits cut off after the task is taken", (o, v) => o with { CutAfterTaken = v }),
        new(
            "error-after",
            Rate,
            "Submits answered with 500, 502 or 504 although the task is taken",
            (o, v) => o with { ErrorAfterTaken = v }
        ),
        new("cut-get", Rate, "GETs cut off before the answer", (o, v) => o with { CutGet = v }),
        new("html", Rate, "States answered with a web page", (o, v) => o with { HtmlPage = v }),
        new("redirect", Rate, "Submits redirected to a sign-in service, not taken", (o, v) => o with { Redirect = v }),
        new("sign-in", Rate, "Requests answered with a sign-in page", (o, v) => o with { SignInPage = v }),
        new(
            "partial",
            Rate,
            "Responses answered with 206 and their first half",
            (o, v) => o with { PartialResponse = v }
        ),
        new("bom", Rate, "Documents about tasks with a byte order mark", (o, v) => o with { ByteOrderMark = v }),
        new("latin1", Rate, "Responses in ISO 8859-1, declared so", (o, v) => o with { Latin1 = v }),
        new(
            "half-surrogate",
            Rate,
            "Tasks whose errorMessage ends with half a surrogate pair",
            (o, v) => o with { HalfSurrogate = v }
        ),
        new("gzip-cut", Rate, "Responses in gzip whose second half is missing", (o, v) => o with { CutGzip = v }),
        new("slow", Rate, "Requests answered late", (o, v) => o with { Slow = v }),
        new("slow-by", Seconds, "How late (default 5)", (o, v) => o with { SlowSeconds = v }),
        new("fail", Rate, "Tasks that fail", (o, v) => o with { FailTask = v }),
        new(
            "fail-document",
            Rate,
            "Tasks that fail and leave an error document as their response",
            (o, v) => o with { FailWithDocument = v }
        ),
        new(
            "response-delay",
            Seconds,
            "How long the response of an ended task is answered with 404",
            (o, v) => o with { ResponseDelaySeconds = v }
        ),
        new("stick", Rate, "Tasks that never leave the queue", (o, v) => o with { StickTask = v }),
        new("forget", Rate, "Tasks that are forgotten", (o, v) => o with { ForgetTask = v }),
        new(
            "forget-all",
            Number,
            "Submits after which every task is lost at once, as in a restart",
            (o, v) => o with { ForgetAllAfter = (int)v }
        ),
        new(
            "clock",
            Offset,
            "Seconds that the times of tasks are ahead; negative: behind",
            (o, v) => o with { ClockSeconds = v }
        ),
        new(
            "date",
            Offset,
            "Seconds that the Date header is ahead; negative: behind",
            (o, v) => o with { DateSeconds = v }
        ),
        new("no-date", Rate, "Answers without a Date header", (o, v) => o with { NoDate = v }),
        new(
            "list-status",
            Status,
            "Refuses the list of tasks with this status",
            (o, v) => o with { ListStatus = (int)v }
        ),
        new(
            "filter-status",
            Status,
            "Refuses a list asked for with after, with this status",
            (o, v) => o with { FilterStatus = (int)v }
        ),
        new(
            "list-delay",
            Seconds,
            "How long a new task is missing from the list",
            (o, v) => o with { ListDelaySeconds = v }
        ),
        new("hook-lost", Rate, "Calls of hooks that are never made", (o, v) => o with { HookLost = v }),
        new("hook-delay", Seconds, "How late every call of a hook is", (o, v) => o with { HookDelaySeconds = v }),
        new("hook-stop", Number, "Calls after which no hook is called", (o, v) => o with { HookStop = (int)v }),
        new("hook-twice", Rate, "Calls of hooks that are made twice", (o, v) => o with { HookTwice = v }),
        new(
            "hook-shuffle",
            Rate,
            "Calls of hooks up to a second late, perhaps after later ones",
            (o, v) => o with { HookShuffle = v }
        ),
    ];

    /// <summary>The least value.</summary>
    public double Least => ValueName == Offset ? -86_400 : 0;

    /// <summary>The greatest value.</summary>
    public double Most =>
        ValueName switch
        {
            Rate => 1,
            Status => 599,
            Number => 1_000_000,
            _ => 86_400,
        };
}
