using AimmsOrchestrator.Batches.Upkeep;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>What <c>rm</c> or <c>prune</c> has removed.</summary>
/// <param name="Batches">The ids, in the order in which they were removed; empty where there was nothing to remove.</param>
/// <param name="ResponsesAlone">Whether the batches stay, with their results.</param>
/// <param name="Responses">How many responses were removed of batches that stay.</param>
/// <param name="SharedResponses">How many of these runs of other batches have too: they still take their space.</param>
/// <param name="LostAnswers">How many answers later batches would have used again, and ask for now.</param>
/// <param name="TasksAtService">How many tasks of removed batches the service may still have.</param>
/// <param name="FreedBytes">By how many bytes the database became smaller.</param>
public sealed record RemovalDocument(
    IReadOnlyList<string> Batches,
    bool ResponsesAlone,
    long Responses,
    long SharedResponses,
    long LostAnswers,
    int TasksAtService,
    long FreedBytes
)
{
    public static RemovalDocument Of(Removal removal, bool responsesAlone)
    {
        ArgumentNullException.ThrowIfNull(removal);
        return new RemovalDocument(
            [.. removal.Batches.Select(batch => batch.Id.ToString())],
            responsesAlone,
            removal.Responses,
            removal.SharedResponses,
            removal.LostAnswers,
            removal.TasksAtService,
            removal.FreedBytes
        );
    }
}
