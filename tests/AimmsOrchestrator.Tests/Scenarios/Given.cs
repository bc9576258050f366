using System.Text;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Diagnostics;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Scenarios;

/// <summary>Scenarios written in a test, without a disk.</summary>
internal static class Given
{
    public const string File = "scenario.yaml";

    private const string Service = "name: test\nservice: { url: emulator, name: echo }\n";

    public static Scenario Scenario(string yaml, params (string Name, string Text)[] files)
    {
        var result = Load(yaml, ScenarioOverrides.None, files);
        Assert.True(result.IsSound, string.Join('\n', result.Diagnostics));
        return result.Scenario;
    }

    /// <summary>A scenario for the emulator with only the given parts.</summary>
    public static Scenario Sketch(string yaml, params (string Name, string Text)[] files) =>
        Scenario(Service + yaml, files);

    public static ScenarioLoadResult Load(
        string yaml,
        ScenarioOverrides overrides,
        params (string Name, string Text)[] files
    ) => Loader().LoadStored(File, yaml, Attachments(files), overrides);

    public static IReadOnlyList<Diagnostic> Diagnostics(string yaml, params (string Name, string Text)[] files) =>
        Load(yaml, ScenarioOverrides.None, files).Diagnostics;

    public static ScenarioLoader Loader(params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    public static IReadOnlyList<PlannedRun> Runs(this Scenario scenario) => [.. scenario.Plan.Runs.From(0)];

    public static IReadOnlyList<string> Parameters(this Scenario scenario) =>
        [.. scenario.Runs().Select(run => run.Parameters.ToJson())];

    public static IReadOnlyList<string> Names(this Scenario scenario) => [.. scenario.Runs().Select(run => run.Name)];

    public static string Body(this PlannedRun run) => Encoding.UTF8.GetString(run.Request!.Body.Span);

    public static RunResults Results(this Scenario scenario, string response, TaskSnapshot? task = null) =>
        scenario.Plan.Results.Read(
            scenario.Plan.Runs.From(0).First(),
            task ?? new TaskSnapshot(new TaskId("7"), TaskState.Completed) { ReturnCode = 1 },
            new TaskResponse(Encoding.UTF8.GetBytes(response), "application/json")
        );

    private static Dictionary<string, ReadOnlyMemory<byte>> Attachments((string Name, string Text)[] files) =>
        files.ToDictionary(
            file => file.Name,
            file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Text),
            StringComparer.Ordinal
        );
}
