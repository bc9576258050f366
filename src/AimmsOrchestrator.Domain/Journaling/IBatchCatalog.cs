namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>Finds batches, and what they were made from.</summary>
public interface IBatchCatalog
{
    /// <summary>Every batch of the workspace, the latest first.</summary>
    IReadOnlyList<BatchRecord> Batches();

    /// <summary>
    /// One batch by the name that a person gives: its id, else the latest batch of the scenario of that name, else (null)
    /// the latest of all; null where there is none.
    /// </summary>
    BatchRecord? Find(string? name);

    /// <summary>The scenario of a batch as it was when the batch began.</summary>
    StoredScenario Scenario(long batch);
}
