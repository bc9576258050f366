namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>The workspace's database cannot be opened, read or written; the message is one line for a person.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
