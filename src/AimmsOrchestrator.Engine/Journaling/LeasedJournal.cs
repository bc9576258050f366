using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Telemetry;

namespace AimmsOrchestrator.Engine.Journaling;

/// <summary>
/// The journal of one batch, and its lease: no submit leaves any more once the journal has refused an entry, since another process
/// drives the batch then. Safe for many threads as a lease.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="claim">The claim's own lease; null where that never ends.</param>
internal sealed class LeasedJournal(IJournalWriter journal, ISendLease? claim) : IJournalWriter, ISendLease
{
    private volatile bool _isOver;
    private int _refused;

    /// <inheritdoc />
    public bool MaySend => !_isOver && claim is not { MaySend: false };

    /// <inheritdoc />
    public TimeSpan? Lifetime => claim?.Lifetime;

    /// <summary>How many entries were refused, since another process has claimed the batch.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>No submit leaves any more: the claim is about to be given up.</summary>
    public void EndSubmits() => _isOver = true;

    public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) => journal.OpenBatchAsync(batch);

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group)
    {
        var outcomes = await journal.AppendAsync(group).ConfigureAwait(false);
        if (outcomes.Count(outcome => outcome == AppendOutcome.Fenced) is > 0 and var refused)
        {
            EndSubmits();
            Interlocked.Add(ref _refused, refused);
            EngineTelemetry.RefusedEntries.Add(refused);
        }

        return outcomes;
    }

    // The journal stays its owner's to dispose of.
    public void Dispose() { }
}
