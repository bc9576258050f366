namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The keys of a scenario, but for those of its sweep.</summary>
internal static class ScenarioSchemas
{
    public static ObjectSchema Service { get; } =
        new(
            "service",
            new SchemaProperty(
                "url",
                "emulator (a task service of this program's own), http://localhost:8080, or https://acme.aimms.cloud.",
                ValueSchema.Text
            ),
            new SchemaProperty("app", "Cloud: the published app.", ValueSchema.Text),
            new SchemaProperty(
                "version",
                "Cloud: the app's version; the one tagged latest if left out.",
                ValueSchema.Text
            ),
            new SchemaProperty("name", "The service, as the model's dex::ServiceName names it.", ValueSchema.Text)
            {
                IsRequired = true,
            },
            new SchemaProperty("apiKey", "Cloud: ${{ env.AIMMS_API_KEY }}, never the key itself.", ValueSchema.Text),
            new SchemaProperty("api", "The dialect of the service: v2 if left out.", ValueSchema.Word("v2", "v1"))
        );

    public static ObjectSchema Request { get; } =
        new(
            "request",
            new SchemaProperty(
                "file",
                "The base body: a JSON file, or any other file that is sent as it is.",
                ValueSchema.Text
            ),
            new SchemaProperty("json", "The body, written here.", ValueSchema.Value),
            new SchemaProperty(
                "set",
                "JSON Pointers to what is there, and what to put in its place.",
                ValueSchema.MapOf(ValueSchema.Value)
            ),
            new SchemaProperty(
                "add",
                "JSON Pointers to members that are not there yet.",
                ValueSchema.MapOf(ValueSchema.Value)
            )
        );

    public static ObjectSchema Limits { get; } =
        new(
            "limits",
            new SchemaProperty(
                "concurrency",
                "Unfinished tasks at the service, at any moment; 8 if left out.",
                ValueSchema.Count
            ),
            new SchemaProperty("submits", "Submits in a stretch of time, such as 30/min.", ValueSchema.Rate),
            new SchemaProperty(
                "requests",
                "Requests of any kind in a stretch of time, such as 20/s.",
                ValueSchema.Rate
            ),
            new SchemaProperty(
                "unconfirmed",
                "Submits whose answer is outstanding, at any moment; 1 if left out.",
                ValueSchema.Count
            )
        );

    public static ObjectSchema Poll { get; } =
        new(
            "poll",
            new SchemaProperty("every", "The wait between two looks at a task, always the same.", ValueSchema.Duration),
            new SchemaProperty("first", "The wait before the first look; 1s if left out.", ValueSchema.Duration),
            new SchemaProperty("factor", "How the wait grows from look to look; 1.5 if left out.", ValueSchema.Number),
            new SchemaProperty("max", "The longest wait; 30s if left out.", ValueSchema.Duration),
            new SchemaProperty("hook", "An address that the service calls when a task changes.", ValueSchema.Text)
            {
                IsPlanned = true,
            }
        );

    public static ObjectSchema Retry { get; } =
        new(
            "retry",
            new SchemaProperty("attempts", "Attempts in all; 3 if left out.", ValueSchema.Count),
            new SchemaProperty("first", "The first wait at most; 2s if left out.", ValueSchema.Duration),
            new SchemaProperty("max", "The longest wait; 2m if left out.", ValueSchema.Duration),
            new SchemaProperty(
                "if",
                "What is tried again: an expression over http, task, error and attempt; failures of the network and an overloaded service if left out.",
                ValueSchema.Expression
            ),
            new SchemaProperty(
                "settle",
                "How long a task may be missing from the service's list at most, once the answer to its submit was lost; 20s if left out.",
                ValueSchema.Duration
            ),
            new SchemaProperty(
                "ambiguous",
                "What becomes of a run whose submit's fate cannot be told: it fails if left out, or is sent again.",
                ValueSchema.Word("fail", "send")
            )
        );

    public static ObjectSchema Timeouts { get; } =
        new(
            "timeouts",
            new SchemaProperty("queue", "How long a task may wait at the service before it is withdrawn.", TimeLimit),
            new SchemaProperty(
                "solve",
                "How long a task may run before its best solution so far is asked for.",
                TimeLimit
            ),
            new SchemaProperty("run", "How long a task may run before it is ended, after the grace.", TimeLimit),
            new SchemaProperty(
                "grace",
                "How long a task has to hand its best solution back; 1m if left out.",
                ValueSchema.Duration
            )
        );

    public static ObjectSchema Stop { get; } =
        new(
            "stop",
            new SchemaProperty(
                "at",
                "A time of day by which all that began is done, such as \"06:00\" or \"06:00 Europe/Amsterdam\".",
                ValueSchema.Text
            ),
            new SchemaProperty(
                "lead",
                "How long before that solvers are asked for their best solutions; 1m if left out.",
                ValueSchema.Duration
            ),
            new SchemaProperty("failures", "So many failed runs, 5 or 5%, after at least 20.", Failures),
            new SchemaProperty(
                "when",
                "An expression over results, completed and failed: are they enough?",
                ValueSchema.Expression
            )
        );

    private static ValueSchema TimeLimit => ValueSchema.Written("""{ "type": "string" }""");

    private static ValueSchema Window =>
        ValueSchema.Written("""{ "type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2} ?- ?[0-9]{1,2}:[0-9]{2}$" }""");

    private static ValueSchema Failures => ValueSchema.Written("""{ "type": ["string", "integer"] }""");

    /// <summary>The formats that a report can be written in.</summary>
    public static IReadOnlyList<string> ReportFormats { get; } = ["html", "csv", "jsonl", "xlsx", "parquet", "md"];

    public static ObjectSchema Monotone { get; } =
        new(
            "monotone",
            new SchemaProperty("result", "The result.", ValueSchema.Text) { IsRequired = true },
            new SchemaProperty("in", "The parameter that grows, all others being equal.", ValueSchema.Text)
            {
                IsRequired = true,
            },
            new SchemaProperty(
                "direction",
                "Whether it may only rise (up, if left out) or only fall.",
                ValueSchema.Word("up", "down")
            ),
            Tolerated
        );

    public static ObjectSchema Bounded { get; } =
        new(
            "bounded",
            new SchemaProperty("result", "The result.", ValueSchema.Text) { IsRequired = true },
            new SchemaProperty("from", "The least it may be.", ValueSchema.Number),
            new SchemaProperty("to", "The greatest it may be.", ValueSchema.Number)
        );

    public static ObjectSchema Equal { get; } =
        new(
            "equal",
            new SchemaProperty("result", "The result.", ValueSchema.Text) { IsRequired = true },
            new SchemaProperty("to", "The run that report.baseline names.", ValueSchema.Word("baseline")),
            Tolerated
        );

    public static ObjectSchema Expectation { get; } =
        new(
            "expect",
            new SchemaProperty("name", "What the rule says; made from the rule if left out.", ValueSchema.Text),
            new SchemaProperty(
                "monotone",
                "A result never falls, or never rises, as a parameter grows.",
                ValueSchema.Mapping(Monotone)
            ),
            new SchemaProperty("bounded", "A result lies between bounds.", ValueSchema.Mapping(Bounded)),
            new SchemaProperty("equal", "A result is the baseline's.", ValueSchema.Mapping(Equal)),
            new SchemaProperty(
                "that",
                "An expression over parameters and results, true of each completed run.",
                ValueSchema.Expression
            )
        );

    private static SchemaProperty Tolerated =>
        new(
            "tolerance",
            "How far apart counts as equal, as a share: 0.01 is 1 %; 1e-9 if left out.",
            ValueSchema.Number
        );

    public static ObjectSchema Notification { get; } =
        new(
            "notify",
            new SchemaProperty("post", "An address that gets JSON about the batch.", ValueSchema.Text),
            new SchemaProperty(
                "run",
                "A command line for the system's shell, or a list of a program and its arguments.",
                ValueSchema.Either(ValueSchema.Text, ValueSchema.ListOf(ValueSchema.Text))
            ),
            new SchemaProperty(
                "on",
                "When: completed, failed and stopped if left out.",
                ValueSchema.Either(
                    ValueSchema.Word("completed", "failed", "stopped", "interrupted"),
                    ValueSchema.ListOf(ValueSchema.Word("completed", "failed", "stopped", "interrupted"))
                )
            )
        );

    public static ObjectSchema Report { get; } =
        new(
            "report",
            new SchemaProperty(
                "baseline",
                "The parameters of the run that others are compared with.",
                ValueSchema.MapOf(ValueSchema.Value)
            ),
            new SchemaProperty(
                "formats",
                "Which files to write once the batch is over.",
                ValueSchema.ListOf(ValueSchema.Word([.. ReportFormats]))
            ),
            new SchemaProperty("output", "The folder they go to; the current one if left out.", ValueSchema.Text),
            new SchemaProperty(
                "tolerance",
                "Which difference counts as none, as a share; 1e-9 if left out.",
                ValueSchema.Number
            )
        );

    public static ObjectSchema Scenario { get; } =
        new(
            "",
            new SchemaProperty(
                "name",
                "What batches are called after: letters, digits, -, _ and .; the file's name if left out.",
                ValueSchema.Text
            ),
            new SchemaProperty("description", "The question, in your words.", ValueSchema.Text),
            new SchemaProperty("service", "Where the tasks go.", ValueSchema.Mapping(Service)) { IsRequired = true },
            new SchemaProperty(
                "seed",
                "A whole number that every random choice derives from; 0 if left out.",
                ValueSchema.WholeNumber
            ),
            new SchemaProperty("sweep", "Which runs there are.", ValueSchema.Reference("sweep")),
            new SchemaProperty("request", "What each run sends.", ValueSchema.Mapping(Request)),
            new SchemaProperty("limits", "How hard the service may be worked.", ValueSchema.Mapping(Limits)),
            new SchemaProperty(
                "poll",
                "How often a task is looked at.",
                ValueSchema.Either(ValueSchema.Word("adaptive"), ValueSchema.Mapping(Poll))
            ),
            new SchemaProperty(
                "retry",
                "How often a submit is tried when the network or the service fails.",
                ValueSchema.Mapping(Retry)
            ),
            new SchemaProperty("timeouts", "How long tasks may take.", ValueSchema.Mapping(Timeouts)),
            new SchemaProperty("stop", "When the batch ends before its last run.", ValueSchema.Mapping(Stop)),
            new SchemaProperty(
                "window",
                "The hours in which submits may happen, such as 19:00-07:00; any time if left out.",
                Window
            ),
            new SchemaProperty("success", "An expression: is a completed task a success?", ValueSchema.Expression),
            new SchemaProperty(
                "results",
                "The figures to take from each answer: names and expressions.",
                ValueSchema.MapOf(ValueSchema.Expression)
            ),
            new SchemaProperty(
                "responses",
                "Which responses the workspace keeps: all if left out, those of failed runs, or none.",
                ValueSchema.Word("all", "failed", "none")
            ),
            new SchemaProperty(
                "cleanup",
                "Whether finished tasks are deleted at the service.",
                ValueSchema.Word("keep", "delete")
            ),
            new SchemaProperty(
                "expect",
                "Rules across runs, checked at the end.",
                ValueSchema.Either(
                    ValueSchema.Mapping(Expectation),
                    ValueSchema.ListOf(ValueSchema.Mapping(Expectation))
                )
            ),
            new SchemaProperty("report", "What the report compares and where it goes.", ValueSchema.Mapping(Report)),
            new SchemaProperty(
                "notify",
                "An address to post to or a command to run once the batch is over.",
                ValueSchema.Either(
                    ValueSchema.Text,
                    ValueSchema.Mapping(Notification),
                    ValueSchema.ListOf(ValueSchema.Either(ValueSchema.Text, ValueSchema.Mapping(Notification)))
                )
            )
        );
}
