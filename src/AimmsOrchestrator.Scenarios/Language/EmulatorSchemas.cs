using static AimmsOrchestrator.Scenarios.Language.ValueSchema;

namespace AimmsOrchestrator.Scenarios.Language;

/// <summary>The properties of a scenario's <c>emulator</c>, and of a file of services for the emulator.</summary>
internal static class EmulatorSchemas
{
    /// <summary>The formats that an answer can be written in.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "csv", "xlsx"];

    public static ObjectSchema Service { get; } =
        new("emulator.services")
        {
            {
                "answer",
                Value,
                "The answer, as JSON written here; ${{ … }} in it are expressions over request, and one alone is the whole answer."
            },
            {
                "file",
                Text,
                "A file that is the answer as it is, beside this one; its name may have expressions over request, such as answers/${{ request.region }}.json."
            },
            {
                "replay",
                Text,
                "A batch of the workspace, or a scenario for its latest one: each request gets the answer that the same request got there."
            },
            {
                "format",
                Word(Formats),
                "What answer is written as: json if left out; csv and xlsx for a list of objects, one row each."
            },
            {
                "runTime",
                Either(
                    Duration,
                    Reference("a distribution of seconds as in sweep.sample.over", "distribution", () => [])
                ),
                "How long a task runs: 2s, or a distribution of seconds such as { lognormal: [1, 0.5] }; no time if left out."
            },
            { "failures", Text, "The share of tasks that fail, such as 5%; none if left out." },
            { "message", Text, "What a failed task says." },
            { "queue", Count, "Tasks that may wait; a submit beyond that is answered with 429." },
        };

    public static ObjectSchema Emulator { get; } =
        new("emulator")
        {
            { "places", Count, "Tasks that run at a time; as many as this machine has processors if left out." },
            { "services", MapOf(Mapping(Service)), "Services by name, beside the emulator's own models." },
        };
}
