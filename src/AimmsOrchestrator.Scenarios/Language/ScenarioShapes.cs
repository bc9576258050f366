namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The keys of a scenario, but for those of its sweep.</summary>
internal static class ScenarioShapes
{
    public static Shape Service { get; } =
        new(
            "service",
            new Key(
                "url",
                "emulator (a task service of this program's own), http://localhost:8080, or https://acme.aimms.cloud.",
                Form.Text
            ),
            new Key("app", "Cloud: the published app.", Form.Text),
            new Key("version", "Cloud: the app's version; the one tagged latest if left out.", Form.Text),
            new Key("name", "The service, as the model's dex::ServiceName names it.", Form.Text) { IsRequired = true },
            new Key("apiKey", "Cloud: ${{ env.AIMMS_API_KEY }}, never the key itself.", Form.Text),
            new Key("api", "The dialect of the service: v2 if left out.", Form.Word("v2", "v1"))
        );

    public static Shape Request { get; } =
        new(
            "request",
            new Key("file", "The base body: a JSON file, or any other file that is sent as it is.", Form.Text),
            new Key("json", "The body, written here.", Form.Value),
            new Key("set", "JSON Pointers to what is there, and what to put in its place.", Form.MapOf(Form.Value)),
            new Key("add", "JSON Pointers to members that are not there yet.", Form.MapOf(Form.Value))
        );

    public static Shape Limits { get; } =
        new(
            "limits",
            new Key("concurrency", "Unfinished tasks at the service, at any moment; 8 if left out.", Form.Count),
            new Key("submits", "Submits in a stretch of time, such as 30/min.", Form.Rate),
            new Key("requests", "Requests of any kind in a stretch of time, such as 20/s.", Form.Rate),
            new Key("unconfirmed", "Submits whose answer is outstanding, at any moment; 1 if left out.", Form.Count)
        );

    public static Shape Poll { get; } =
        new(
            "poll",
            new Key("every", "The wait between two looks at a task, always the same.", Form.Duration),
            new Key("first", "The wait before the first look; 1s if left out.", Form.Duration),
            new Key("factor", "How the wait grows from look to look; 1.5 if left out.", Form.Number),
            new Key("max", "The longest wait; 30s if left out.", Form.Duration),
            new Key("hook", "An address that the service calls when a task changes.", Form.Text) { IsPlanned = true }
        );

    public static Shape Retry { get; } =
        new(
            "retry",
            new Key("attempts", "Attempts in all; 3 if left out.", Form.Count),
            new Key("first", "The first wait at most; 2s if left out.", Form.Duration),
            new Key("max", "The longest wait; 2m if left out.", Form.Duration),
            new Key(
                "if",
                "What is tried again: an expression over http, task, error and attempt; failures of the network and an overloaded service if left out.",
                Form.Expression
            ),
            new Key(
                "settle",
                "How long a task may be missing from the service's list at most, once the answer to its submit was lost; 20s if left out.",
                Form.Duration
            ),
            new Key(
                "ambiguous",
                "What becomes of a run whose submit's fate cannot be told: it fails if left out, or is sent again.",
                Form.Word("fail", "send")
            )
        );

    public static Shape Timeouts { get; } =
        new(
            "timeouts",
            new Key("queue", "How long a task may wait at the service before it is withdrawn.", TimeLimit),
            new Key("solve", "How long a task may run before its best solution so far is asked for.", TimeLimit),
            new Key("run", "How long a task may run before it is ended, after the grace.", TimeLimit),
            new Key("grace", "How long a task has to hand its best solution back; 1m if left out.", Form.Duration)
        );

    public static Shape Stop { get; } =
        new(
            "stop",
            new Key(
                "at",
                "A time of day by which all that began is done, such as \"06:00\" or \"06:00 Europe/Amsterdam\".",
                Form.Text
            ),
            new Key(
                "lead",
                "How long before that solvers are asked for their best solutions; 1m if left out.",
                Form.Duration
            ),
            new Key("failures", "So many failed runs, 5 or 5%, after at least 20.", Failures),
            new Key("when", "An expression over results, completed and failed: are they enough?", Form.Expression)
        );

    private static Form TimeLimit => Form.Written("""{ "type": "string" }""");

    private static Form Window =>
        Form.Written("""{ "type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2} ?- ?[0-9]{1,2}:[0-9]{2}$" }""");

    private static Form Failures => Form.Written("""{ "type": ["string", "integer"] }""");

    /// <summary>The formats that a report can be written in.</summary>
    public static IReadOnlyList<string> ReportFormats { get; } = ["html", "csv", "jsonl", "xlsx", "parquet", "md"];

    public static Shape Monotone { get; } =
        new(
            "monotone",
            new Key("result", "The result.", Form.Text) { IsRequired = true },
            new Key("in", "The parameter that grows, all others being equal.", Form.Text) { IsRequired = true },
            new Key("direction", "Whether it may only rise (up, if left out) or only fall.", Form.Word("up", "down")),
            Tolerated
        );

    public static Shape Bounded { get; } =
        new(
            "bounded",
            new Key("result", "The result.", Form.Text) { IsRequired = true },
            new Key("from", "The least it may be.", Form.Number),
            new Key("to", "The greatest it may be.", Form.Number)
        );

    public static Shape Equal { get; } =
        new(
            "equal",
            new Key("result", "The result.", Form.Text) { IsRequired = true },
            new Key("to", "The run that report.baseline names.", Form.Word("baseline")),
            Tolerated
        );

    public static Shape Expectation { get; } =
        new(
            "expect",
            new Key("name", "What the rule says; made from the rule if left out.", Form.Text),
            new Key("monotone", "A result never falls, or never rises, as a parameter grows.", Form.Mapping(Monotone)),
            new Key("bounded", "A result lies between bounds.", Form.Mapping(Bounded)),
            new Key("equal", "A result is the baseline's.", Form.Mapping(Equal)),
            new Key("that", "An expression over parameters and results, true of each completed run.", Form.Expression)
        );

    private static Key Tolerated =>
        new("tolerance", "How far apart counts as equal, as a share: 0.01 is 1 %; 1e-9 if left out.", Form.Number);

    public static Shape Notification { get; } =
        new(
            "notify",
            new Key("post", "An address that gets JSON about the batch.", Form.Text),
            new Key(
                "run",
                "A command line for the system's shell, or a list of a program and its arguments.",
                Form.Either(Form.Text, Form.ListOf(Form.Text))
            ),
            new Key(
                "on",
                "When: completed, failed and stopped if left out.",
                Form.Either(
                    Form.Word("completed", "failed", "stopped", "interrupted"),
                    Form.ListOf(Form.Word("completed", "failed", "stopped", "interrupted"))
                )
            )
        );

    public static Shape Report { get; } =
        new(
            "report",
            new Key("baseline", "The parameters of the run that others are compared with.", Form.MapOf(Form.Value)),
            new Key(
                "formats",
                "Which files to write once the batch is over.",
                Form.ListOf(Form.Word([.. ReportFormats]))
            ),
            new Key("output", "The folder they go to; the current one if left out.", Form.Text),
            new Key("tolerance", "Which difference counts as none, as a share; 1e-9 if left out.", Form.Number)
        );

    public static Shape Scenario { get; } =
        new(
            "",
            new Key(
                "name",
                "What batches are called after: letters, digits, -, _ and .; the file's name if left out.",
                Form.Text
            ),
            new Key("description", "The question, in your words.", Form.Text),
            new Key("service", "Where the tasks go.", Form.Mapping(Service)) { IsRequired = true },
            new Key("seed", "A whole number that every random choice derives from; 0 if left out.", Form.WholeNumber),
            new Key("sweep", "Which runs there are.", Form.Reference("sweep")),
            new Key("request", "What each run sends.", Form.Mapping(Request)),
            new Key("limits", "How hard the service may be worked.", Form.Mapping(Limits)),
            new Key("poll", "How often a task is looked at.", Form.Either(Form.Word("adaptive"), Form.Mapping(Poll))),
            new Key("retry", "How often a submit is tried when the network or the service fails.", Form.Mapping(Retry)),
            new Key("timeouts", "How long tasks may take.", Form.Mapping(Timeouts)),
            new Key("stop", "When the batch ends before its last run.", Form.Mapping(Stop)),
            new Key(
                "window",
                "The hours in which submits may happen, such as 19:00-07:00; any time if left out.",
                Window
            ),
            new Key("success", "An expression: is a completed task a success?", Form.Expression),
            new Key(
                "results",
                "The figures to take from each answer: names and expressions.",
                Form.MapOf(Form.Expression)
            ),
            new Key(
                "responses",
                "Which responses the workspace keeps: all if left out, those of failed runs, or none.",
                Form.Word("all", "failed", "none")
            ),
            new Key("cleanup", "Whether finished tasks are deleted at the service.", Form.Word("keep", "delete")),
            new Key(
                "expect",
                "Rules across runs, checked at the end.",
                Form.Either(Form.Mapping(Expectation), Form.ListOf(Form.Mapping(Expectation)))
            ),
            new Key("report", "What the report compares and where it goes.", Form.Mapping(Report)),
            new Key(
                "notify",
                "An address to post to or a command to run once the batch is over.",
                Form.Either(
                    Form.Text,
                    Form.Mapping(Notification),
                    Form.ListOf(Form.Either(Form.Text, Form.Mapping(Notification)))
                )
            )
        );
}
