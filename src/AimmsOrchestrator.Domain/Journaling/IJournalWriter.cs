namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Writes what happened, durably. One writer per process, one call at a time. What a completed call wrote survives a
/// killed process and a power cut.
/// </summary>
public interface IJournalWriter : IDisposable
{
    /// <summary>Writes a new batch and gives it the next number of its scenario; its epoch is 0.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch);

    /// <summary>Appends a group of entries in one transaction, in their order.</summary>
    /// <returns>What became of each entry, in the group's order.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be written; nothing of the group was.</exception>
    ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group);
}

/// <summary>What became of an entry.</summary>
public enum AppendOutcome
{
    /// <summary>It is on disk.</summary>
    Appended,

    /// <summary>It was refused: its batch has another epoch by now, since another process claimed it.</summary>
    Fenced,

    /// <summary>
    /// An intent that was refused, and left nothing: the account is in use up to the ceiling that the entry brings, by this batch and
    /// others; or the intent is from before an outage of the journal.
    /// </summary>
    NoSlot,
}
