using System.Text.Json;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Cli.Running;

/// <summary>Scenarios as the journal kept them: the files they came from may have changed or gone.</summary>
internal static class StoredScenarios
{
    // To tell what the runs are, no variable of the environment has to be there; to run them, it would.
    private const string Unset = "unset";

    /// <summary>A batch's scenario, to go on with: with this process's environment.</summary>
    /// <exception cref="UserErrorException">It cannot be run here: all reasons, a line each.</exception>
    public static Scenario LoadToRun(BatchRecord batch, IJournalReader reader)
    {
        var result = Load(batch, reader, Environment.GetEnvironmentVariable);
        return result.Scenario ?? throw new UserErrorException(string.Join(Environment.NewLine, result.Diagnostics));
    }

    /// <summary>A batch's scenario; null where this program can no longer read it.</summary>
    public static Scenario? Load(BatchRecord batch, IJournalReader reader)
    {
        // An address of the environment's cannot be told from the word that stands in for it; the batch's own can.
        return Load(batch, reader, OrUnset).Scenario ?? Load(batch, reader, OrUnset, batch.ServiceAddress).Scenario;

        static string OrUnset(string name) => Environment.GetEnvironmentVariable(name) ?? Unset;
    }

    /// <summary>What the command line changed of a scenario when its batch began.</summary>
    public static ScenarioOverrides OverridesOf(StoredScenario kept) =>
        JsonSerializer.Deserialize<ScenarioOverrides>(kept.OverridesJson) ?? ScenarioOverrides.None;

    private static ScenarioLoadResult Load(
        BatchRecord batch,
        IJournalReader reader,
        Func<string, string?> environment,
        string? address = null
    )
    {
        var kept = reader.Scenario(batch.Number);
        var overrides = OverridesOf(kept);
        return new ScenarioLoader(environment).LoadStored(
            batch.SourceFile,
            kept.Source,
            kept.Attachments,
            overrides with
            {
                Url = overrides.Url ?? address,
            }
        );
    }
}
