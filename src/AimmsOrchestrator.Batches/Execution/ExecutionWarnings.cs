using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Execution;

/// <summary>A batch's warnings before and after an execution: its actors, which write them meanwhile, are not there.</summary>
/// <param name="opened">The batch.</param>
/// <param name="writer">Keeps them.</param>
/// <param name="reader">Knows them.</param>
/// <param name="time">The clock.</param>
internal sealed class ExecutionWarnings(
    OpenedBatch opened,
    IJournalWriter writer,
    IJournalReader reader,
    TimeProvider time
)
{
    /// <summary>Forgets what earlier executions warned of: where it still holds, this one warns of it again.</summary>
    public async Task ClearAsync()
    {
        var cleared = reader
            .Warnings(opened.Batch.Number)
            .Select(warning => Warned(warning.Subject, message: null))
            .ToList();
        if (cleared.Count > 0)
        {
            await writer.AppendAsync(cleared);
        }
    }

    /// <summary>Keeps why an execution failed: it could not write its end, and the batch would seem to have been interrupted.</summary>
    public async Task KeepAsync(string bug)
    {
        try
        {
            await writer.AppendAsync([Warned("execution", bug)]);
        }
        catch (Exception) when (bug.Length > 0)
        {
            // What failed may have been the journal, and fails again: the outcome has the reason in any case.
        }
    }

    private JournalEntry Warned(string subject, string? message) =>
        new BatchWarned(opened.Batch.Number, subject, message, time.GetUtcNow()) { Epoch = opened.Claim.Epoch };
}
