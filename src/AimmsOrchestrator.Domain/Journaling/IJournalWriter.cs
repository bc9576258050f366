namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>
/// Writes what happened, durably. One writer a process, one thread at a time: the journal actor. When a call returns,
/// what it was given survives a killed process and a power cut.
/// </summary>
public interface IJournalWriter : IDisposable
{
    /// <summary>Writes down a new batch and gives it the next number of its scenario.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    BatchRecord OpenBatch(NewBatch batch);

    /// <summary>Commits a group of entries in one transaction, in their order.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be written; nothing of the group was.</exception>
    void Commit(IReadOnlyList<JournalEntry> group);
}

/// <summary>The workspace's database cannot be opened, read or written; the message is one line for a person.</summary>
public sealed class JournalException : Exception
{
    public JournalException() { }

    public JournalException(string message)
        : base(message) { }

    public JournalException(string message, Exception inner)
        : base(message, inner) { }
}
