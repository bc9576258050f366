using AimmsOrchestrator.Domain.Results;
using static AimmsOrchestrator.Scenarios.Language.ValueSchema;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The properties of a scenario, except those of its sweep.</summary>
internal static class ScenarioSchemas
{
    public static ObjectSchema Service { get; } =
        new ObjectSchema("service")
        {
            {
                "url",
                ServiceUrl,
                "emulator (a task service of this program's own), http://localhost:8080, or https://acme.aimms.cloud."
            },
            { "app", NotBlank, "Cloud: the published app." },
            { "version", NotBlank, "Cloud: the app's version; the one tagged latest if left out." },
            { "name", Required(NotBlank), "The service, as the model's dex::ServiceName names it." },
            { "apiKey", KeyVariable, "Cloud: ${{ env.AIMMS_API_KEY }}, never the key itself." },
            { "api", Word("v2", "v1"), "The dialect of the service: v2 if left out." },
            { "use", NotBlank, "A profile of services.yaml, in place of url, app, version, apiKey and api." },
        }.With(
            SchemaRules.ExactlyOne("url", "use"),
            SchemaRules.Excludes("use", "apiKey", "api"),
            SchemaRules.Needs("apiKey", "app"),
            SchemaRules.Needs("version", "app", "use")
        );

    public static ObjectSchema Request { get; } =
        new ObjectSchema("request")
        {
            { "file", Text, "The base body: a JSON file, or any other file that is sent as it is." },
            { "json", Value, "The body, written here." },
            { "set", PointersTo(Value), "JSON Pointers to members of the body, and their new values." },
            { "add", PointersTo(Value), "JSON Pointers to new members, and their values." },
        }.With(
            SchemaRules.Excludes("file", "json"),
            SchemaRules.Needs("set", "file", "json"),
            SchemaRules.Needs("add", "file", "json")
        );

    public static ObjectSchema FoundConcurrency { get; } =
        new("limits.concurrency.auto") { { "most", Count, "Never more unfinished tasks than this; 32 if left out." } };

    public static ObjectSchema Concurrency { get; } =
        new("limits.concurrency")
        {
            { "auto", Mapping(FoundConcurrency), "As many as the service runs in parallel, and a few that wait." },
        };

    public static ObjectSchema Limits { get; } =
        new("limits")
        {
            {
                "concurrency",
                Either(Count, Word("auto"), Mapping(Concurrency)),
                "Unfinished tasks at the service, at any moment: a number, or auto for as many as the service runs in parallel and a few that wait, 32 at most; auto if left out."
            },
            { "submits", Rate, "Submits per period, such as 30/min." },
            { "requests", Rate, "Requests of any kind per period, such as 20/s." },
            { "answer", Size, "The largest response that is read, such as 64MB; 256MB if left out, 1GB at most." },
            { "unconfirmed", Count, "Submits whose answer is outstanding, at any moment; 1 if left out." },
        };

    public static ObjectSchema AdaptivePoll { get; } =
        new("poll.adaptive")
        {
            {
                "budget",
                Either(Number, Duration),
                "About how many polls a run may take, such as 3, or how much lateness a poll is worth, such as 2s; 5 polls if left out."
            },
        };

    public static ObjectSchema Poll { get; } =
        new ObjectSchema("poll")
        {
            { "adaptive", Mapping(AdaptivePoll), "Polls are planned from how long tasks take: the default." },
            { "every", Duration, "The fixed wait between two polls of a task." },
            { "first", Duration, "The wait before the first poll; 1s if left out." },
            { "factor", Factor, "The factor by which the wait grows after each poll; 1.5 if left out." },
            { "max", Duration, "The longest wait; 30s if left out." },
            {
                "hook",
                Text,
                "An address of this machine, such as http://this-machine.example:8090/hooks, that an AIMMS Cloud account calls when a task changes: the task is polled then."
            },
        }.With(
            SchemaRules.Excludes("every", "adaptive", "first", "factor", "max"),
            SchemaRules.Excludes("adaptive", "first", "factor", "max")
        );

    public static ObjectSchema Retry { get; } =
        new("retry")
        {
            { "attempts", Count, "Attempts in all; 3 if left out." },
            { "first", Duration, "The first wait at most; 2s if left out." },
            { "max", Duration, "The longest wait; 2m if left out." },
            {
                "if",
                Expression,
                "What is retried: an expression over http, task, response, error and attempt; failures of the network and an overloaded service if left out."
            },
            {
                "settle",
                Duration,
                "How long a task may be missing from the service's list after the answer to its submit was lost; 20s if left out."
            },
            {
                "ambiguous",
                Word("fail", "send"),
                "What happens to a run whose submit may or may not have arrived: it fails if left out, or is sent again."
            },
        };

    public static ObjectSchema Timeouts { get; } =
        new("timeouts")
        {
            { "queue", TimeLimit, "How long a task may wait at the service before it is withdrawn." },
            { "solve", TimeLimit, "How long a task may run before its best solution so far is asked for." },
            { "run", TimeLimit, "How long a task may run before it is ended, after the grace." },
            { "grace", Duration, "How long a task has to hand its best solution back; 1m if left out." },
        };

    public static ObjectSchema Stop { get; } =
        new("stop")
        {
            {
                "at",
                TimeOfDay,
                "A time of day by which all started runs have ended, such as \"06:00\" or \"06:00 Europe/Amsterdam\"."
            },
            {
                "lead",
                Duration,
                "How long before that time solvers are asked for their best solutions; 1m if left out."
            },
            { "failures", Failures, "The failed runs that stop the batch, 5 or 5%, after at least 20 runs." },
            { "when", Expression, "An expression over results, completed and failed that stops the batch." },
        };

    /// <summary>The words for <see cref="Domain.Schedules.ScheduleOverlap"/>.</summary>
    public static IReadOnlyList<string> Overlaps { get; } = ["skip", "queue"];

    /// <summary>The formats that a report can be written in.</summary>
    public static IReadOnlyList<string> ReportFormats { get; } = ["html", "csv", "jsonl", "xlsx", "parquet", "md"];

    public static ObjectSchema Monotone { get; } =
        new("monotone")
        {
            { "result", Required(Text), "The result." },
            { "in", Required(Text), "The parameter that grows, all others being equal." },
            { "direction", Word("up", "down"), "Whether it may only rise (up, if left out) or only fall." },
            { "tolerance", Number, "The difference that counts as equal, as a share: 0.01 is 1 %; 1e-9 if left out." },
        };

    public static ObjectSchema Bounded { get; } =
        new ObjectSchema("bounded")
        {
            { "result", Required(Text), "The result." },
            { "from", Number, "The least it may be." },
            { "to", Number, "The greatest it may be." },
        }.With(SchemaRules.AtLeastOne("from", "to"));

    public static ObjectSchema Equal { get; } =
        new("equal")
        {
            { "result", Required(Text), "The result." },
            { "to", Word("baseline"), "The run that report.baseline names." },
            { "tolerance", Number, "The difference that counts as equal, as a share: 0.01 is 1 %; 1e-9 if left out." },
        };

    public static ObjectSchema Expectation { get; } =
        new ObjectSchema("expect")
        {
            { "name", Text, "The rule's name; made from the rule if left out." },
            { "monotone", Mapping(Monotone), "A result never falls, or never rises, as a parameter grows." },
            { "bounded", Mapping(Bounded), "A result lies between bounds." },
            { "equal", Mapping(Equal), "A result equals the baseline's." },
            { "that", Expression, "An expression over parameters and results that holds for each completed run." },
        }.With(SchemaRules.ExactlyOne("monotone", "bounded", "equal", "that"));

    /// <summary>The words for <see cref="Domain.Batches.BatchConclusion"/>.</summary>
    public static IReadOnlyList<string> Conclusions { get; } = ["completed", "failed", "stopped", "interrupted"];

    /// <summary>The words for <see cref="NotificationForm"/>.</summary>
    private static readonly string[] NotificationForms = ["json", "slack", "teams"];

    public static ObjectSchema Notification { get; } =
        new ObjectSchema("notify")
        {
            { "post", Text, "An address that gets JSON about the batch." },
            {
                "run",
                OneOrMore(Text),
                "A command line for the system's shell, or a list of a program and its arguments."
            },
            {
                "as",
                Word(NotificationForms),
                "What the address understands: json (if left out), slack or teams for a message of theirs."
            },
            { "on", OneOrMore(Word(Conclusions)), "When: completed, failed and stopped if left out." },
        }.With(SchemaRules.ExactlyOne("post", "run"));

    public static ObjectSchema Report { get; } =
        new("report")
        {
            { "baseline", MapOf(Value), "The parameters of the run that others are compared with." },
            { "formats", ListOf(Word(ReportFormats)), "The files to write when the batch has ended." },
            { "output", Text, "The folder of these files; the current one if left out." },
            { "tolerance", Positive, "The difference that counts as none, as a share; 1e-9 if left out." },
            {
                "charts",
                OneOrMore(Either(Text, MapOf(OneOrMore(Word(ChartChoice.AllKinds))))),
                "The results to draw, in this order, each with kinds of charts if you like; failures and timeline as well. What suits the sweep if left out."
            },
            {
                "thresholds",
                MapOf(OneOrMore(Number)),
                "Values of results: the report says in how many runs each is exceeded."
            },
        };

    public static ObjectSchema Schedule { get; } =
        new("schedule")
        {
            {
                "cron",
                Required(Text),
                "Minute, hour, day of the month, month and day of the week, such as 0 19 * * MON-FRI, or @daily."
            },
            { "zone", Text, "Whose clock that is, such as Europe/Amsterdam; UTC if left out." },
            {
                "overlap",
                Word(Overlaps),
                "What happens while the last batch is still under way: skip (if left out) leaves the time out, queue begins as soon as that batch has ended."
            },
        };

    public static ObjectSchema Scenario { get; } =
        new("")
        {
            {
                "name",
                ScenarioName,
                "The name of its batches: letters, digits, -, _ and .; the file's name if left out."
            },
            { "description", Text, "The question, in your words." },
            { "service", Required(Mapping(Service)), "Where the tasks go." },
            {
                "emulator",
                Mapping(EmulatorSchemas.Emulator),
                "Services of your own to rehearse against, where service.url is emulator."
            },
            { "seed", WholeNumber, "A whole number that every random choice derives from; 0 if left out." },
            {
                "sweep",
                Reference("a mapping", "sweep", () => [SweepSchemas.Sweep]),
                "Which runs there are; one run if left out."
            },
            { "request", Mapping(Request), "What each run sends." },
            { "limits", Mapping(Limits), "The load that the service may get." },
            { "poll", Either(Word("adaptive"), Mapping(Poll)), "When a task is polled: adaptive if left out." },
            { "retry", Mapping(Retry), "How often a submit is tried when the network or the service fails." },
            { "timeouts", Mapping(Timeouts), "How long tasks may take." },
            { "stop", Mapping(Stop), "When the batch ends before its last run." },
            { "window", Window, "The hours in which submits may happen, such as 19:00-07:00; any time if left out." },
            { "success", Expression, "An expression: is a completed task a success?" },
            { "results", MapOf(Expression), "The results to extract from each response: names and expressions." },
            {
                "responses",
                Word("all", "failed", "none"),
                "Which responses the workspace keeps: all if left out, those of failed runs, or none."
            },
            { "cleanup", Word("keep", "delete"), "Whether finished tasks are deleted at the service." },
            { "expect", OneOrMore(Mapping(Expectation)), "Rules across runs, checked at the end." },
            { "report", Mapping(Report), "What the report compares and where it goes." },
            { "schedule", Mapping(Schedule), "When a server begins a batch of it, again and again." },
            {
                "notify",
                Either(Text, Mapping(Notification), ListOf(Either(Text, Mapping(Notification)))),
                "An address to post to or a command to run when the batch has ended."
            },
        };
}
