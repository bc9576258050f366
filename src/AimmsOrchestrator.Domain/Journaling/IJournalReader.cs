using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>Reads what happened, also while another process writes it. Each call sees one consistent moment.</summary>
public interface IJournalReader : IDisposable
{
    /// <summary>Every batch of the workspace, the latest first.</summary>
    IReadOnlyList<BatchRecord> Batches();

    /// <summary>
    /// One batch by what a person calls it: its id, else the latest batch of the scenario of that name, else (null) the
    /// latest of all; null where there is none.
    /// </summary>
    BatchRecord? Find(string? name);

    /// <summary>The scenario of a batch as it was when the batch began.</summary>
    KeptScenario Scenario(long batch);

    /// <summary>The runs of a batch that have begun, in their order, streamed: memory does not grow with them.</summary>
    IEnumerable<RunRecord> Runs(long batch);

    /// <summary>How many runs of a batch stand where, keyed by <see cref="RunRecord.State"/>.</summary>
    IReadOnlyDictionary<string, long> CountByState(long batch);

    /// <summary>Every step of a run, in order: folded, they give the run back.</summary>
    IReadOnlyList<RunEvent> Steps(long batch, long index);

    /// <summary>The steps of every run of a batch that has begun and not ended, by index: where a batch goes on.</summary>
    IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished(long batch);

    /// <summary>The indexes of the runs of a batch that have ended, in order.</summary>
    IEnumerable<long> Ended(long batch);
}
