using static AimmsOrchestrator.Scenarios.Language.ValueSchema;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The properties of a server's configuration, <c>server.yaml</c>.</summary>
internal static class ServerSchemas
{
    private const string Document = "a server's configuration";

    public static ObjectSchema Allow { get; } =
        new("allow", Document)
        {
            {
                "addresses",
                Truth,
                "Whether scenarios may name addresses of their own, and use the emulator: false if left out."
            },
            { "notify", Truth, "Whether scenarios may notify addresses and run commands: false if left out." },
        };

    public static ObjectSchema Limits { get; } =
        new("limits", Document)
        {
            { "runs", Count, "The most runs of a batch: 1,000,000 if left out." },
            { "upload", Size, "The most bytes of a scenario with its files: 64MB if left out." },
            { "unfinished", Count, "The most unfinished batches that one token may have: 100 if left out." },
            { "schedules", Count, "The most schedules that one token may have: 100 if left out." },
            {
                "reading",
                Duration,
                "The most time for reading a scenario, with the walk through its sweep and its plan, or for the condition of a retry: 30s if left out."
            },
            {
                "responses",
                Size,
                "The most bytes of responses that the batches of one token may have stored; those under way are paused then: 10GB if left out."
            },
            { "requests", Rate, "The fastest rate of requests by one token: 100/s if left out." },
        };

    public static ObjectSchema Server { get; } =
        new("", Document)
        {
            { "services", MapOf(Mapping(ProfileSchemas.Profile)), "The services that scenarios may use, by name." },
            { "allow", Mapping(Allow), "What scenarios may do beside that." },
            { "limits", Mapping(Limits), "What one caller may take." },
        };
}
