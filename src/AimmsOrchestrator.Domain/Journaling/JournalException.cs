namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>The workspace's database cannot be opened, read or written; the message is one line for a person.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same may succeed a moment later: a database server restarts, or cannot be reached for now.</summary>
    public bool IsPassing { get; init; }
}
