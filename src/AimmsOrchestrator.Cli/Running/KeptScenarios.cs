using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Scenarios as the journal kept them: the files they came from may have changed or gone.</summary>
internal static class KeptScenarios
{
    // To tell what the runs are, no variable of the environment has to be there; to run them, it would.
    private const string Unset = "unset";

    /// <summary>A batch's scenario, to go on with: with this process's environment.</summary>
    /// <exception cref="UserErrorException">It cannot be run here: all reasons, a line each.</exception>
    public static Scenario LoadToRun(BatchRecord batch, IJournalReader reader)
    {
        var result = Load(batch, reader, Environment.GetEnvironmentVariable);
        return result.Scenario ?? throw new UserErrorException(string.Join(Environment.NewLine, result.Mistakes));
    }

    /// <summary>A batch's scenario; null where this program can no longer read it.</summary>
    public static Scenario? Load(BatchRecord batch, IJournalReader reader) =>
        Load(batch, reader, name => Environment.GetEnvironmentVariable(name) ?? Unset).Scenario;

    private static ScenarioLoadResult Load(BatchRecord batch, IJournalReader reader, Func<string, string?> environment)
    {
        var kept = reader.Scenario(batch.Number);
        var overrides = JsonSerializer.Deserialize<ScenarioOverrides>(kept.OverridesJson) ?? ScenarioOverrides.None;
        return new ScenarioLoader(environment).LoadKept(batch.SourceFile, kept.Source, kept.Attachments, overrides);
    }
}
