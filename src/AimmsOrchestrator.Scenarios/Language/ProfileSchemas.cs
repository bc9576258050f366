using static AimmsOrchestrator.Scenarios.Language.ValueSchema;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The properties of a profile: a service that <c>services.yaml</c> names.</summary>
internal static class ProfileSchemas
{
    private const string Document = "a profile";

    public static ObjectSchema Key { get; } =
        new("apiKey", Document)
        {
            { "command", OneOrMore(Text), "A program and its arguments; the first line that it prints is the key." },
            { "file", Text, "A file that only its owner can read; its first line is the key." },
        };

    public static ObjectSchema Limits { get; } =
        new("limits", Document)
        {
            { "concurrency", Count, "The most unfinished tasks that a batch may have at the service." },
            { "submits", Rate, "The fastest rate of submits, such as 30/min." },
            { "requests", Rate, "The fastest rate of requests of any kind, such as 20/s." },
            { "answer", Size, "The largest response that may be read, such as 64MB." },
            { "unconfirmed", Count, "The most submits whose answer is outstanding." },
        };

    public static ObjectSchema Profile { get; } =
        new("profile", Document)
        {
            { "url", Required(Text), "emulator, http://localhost:8080, or https://acme.aimms.cloud." },
            { "app", Text, "Cloud: the published app, unless the scenario names one." },
            { "version", Text, "Cloud: the app's version; the one tagged latest if left out." },
            {
                "apiKey",
                Either(Text, Mapping(Key)),
                "Cloud: where the key is: ${{ env.AIMMS_API_KEY }}, { command: [pass, show, aimms] } or { file: key }."
            },
            { "api", Word("v2", "v1"), "The dialect of the service: v2 if left out." },
            { "limits", Mapping(Limits), "Ceilings: no batch may ask for more." },
        };
}
