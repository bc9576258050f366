using System.Globalization;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Batches.Catalog;

/// <summary>What is known of a run's response beside its bytes.</summary>
public static class ResponseLookup
{
    /// <summary>Whether a response holds the service's key.</summary>
    public static bool HoldsKey(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Notes?.Contains(RunResults.KeyInResponse, StringComparison.Ordinal) is true;
    }

    /// <summary>Why there is no response of a run, in one line.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="run">Its run.</param>
    /// <param name="name">The run's name as it is shown.</param>
    public static string WhyMissing(IJournalReader reader, BatchRecord batch, RunRecord run, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(run);
        var what = string.Create(CultureInfo.InvariantCulture, $"{batch.Id}: run {run.Index} ({name}) is");
        return run.Phase.IsEnded()
            ? $"{what} {run.State.Word()}, and {Reason(reader, batch, run)}"
            : $"{what} {run.State.Word()}: there is no response yet";
    }

    private static string Reason(IJournalReader reader, BatchRecord batch, RunRecord run) =>
        StoredScenarios.Load(batch, reader)?.Plan.Responses switch
        {
            _ when run is { IsResponseKept: false, ReusedFrom: { } source } =>
                $"its results are those of {source}, whose response was not kept",
            ResponseKeeping.Failed when run.Phase == RunPhase.Completed =>
                "its scenario keeps the responses of failed runs only (responses: failed)",
            ResponseKeeping.None => "its scenario keeps no responses (responses: none)",
            _ when run.ReusedFrom is { } source => $"its results are those of {source}, whose response was removed",
            _ => "the service had no response of it",
        };
}
