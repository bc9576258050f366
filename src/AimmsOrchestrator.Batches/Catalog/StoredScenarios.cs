using System.Text.Json;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;
using AimmsOrchestrator.Scenarios.Profiles;

namespace AimmsOrchestrator.Batches.Catalog;

/// <summary>Scenarios as the journal stores them: the files they came from may have changed or been deleted.</summary>
public static class StoredScenarios
{
    // What the runs are can be read without the environment's variables; to run them, all must be set.
    private const string Unset = "unset";

    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true };

    /// <summary>A batch's scenario, to be run with this process's environment.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reader">The journal.</param>
    /// <param name="onWalk">Hears how far a search through the points of its sweep has come.</param>
    /// <param name="profiles">Where the keys of its profile are; null for the files named <c>services.yaml</c>.</param>
    public static Result<Scenario> LoadToRun(
        BatchRecord batch,
        IJournalReader reader,
        Action<SweepWalk>? onWalk = null,
        ServiceProfiles? profiles = null
    )
    {
        var loader = new ScenarioLoader(Environment.GetEnvironmentVariable, onWalk)
        {
            NeedsKey = true,
            Profiles = profiles,
        };
        var result = Load(loader, batch, reader);
        return result.Scenario is { } scenario ? scenario : new BatchProblem.ScenarioBroken(result.Diagnostics);
    }

    /// <summary>A batch's scenario; null where this program can no longer read it.</summary>
    public static Scenario? Load(BatchRecord batch, IJournalReader reader)
    {
        // An address that comes from an unset variable cannot be read; the batch's own address stands in for it.
        var loader = new ScenarioLoader(OrUnset) { NeedsKey = false };
        return Load(loader, batch, reader).Scenario ?? Load(loader, batch, reader, batch.ServiceAddress).Scenario;

        static string OrUnset(string name) => Environment.GetEnvironmentVariable(name) ?? Unset;
    }

    /// <summary>What the command line changed of a scenario when its batch began.</summary>
    /// <exception cref="JournalException">They are not what this program stores.</exception>
    public static ScenarioOverrides OverridesOf(StoredScenario kept)
    {
        try
        {
            return JsonSerializer.Deserialize<ScenarioOverrides>(kept.OverridesJson, Strict) ?? ScenarioOverrides.None;
        }
        catch (JsonException e)
        {
            throw new JournalException(
                "the workspace's database holds what this program cannot read: what the command line changed of the batch's scenario (batches, column overrides); restore a copy of the file, or correct the value",
                e
            );
        }
    }

    private static ScenarioLoadResult Load(
        ScenarioLoader loader,
        BatchRecord batch,
        IJournalReader reader,
        string? address = null
    )
    {
        var kept = reader.Scenario(batch.Number);
        var overrides = OverridesOf(kept);
        return loader.LoadStored(
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
