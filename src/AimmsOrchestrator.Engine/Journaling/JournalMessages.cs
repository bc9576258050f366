using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Journaling;

/// <summary>What the journal is told to do.</summary>
internal static class JournalCommands
{
    /// <summary>Keep an entry; the sender hears <see cref="JournalNotifications.Appended"/> once it is on disk, if it waits for that.</summary>
    public sealed record Append(JournalEntry Entry, bool IsAcknowledged);

    /// <summary>Tell the sender when the journal is lost.</summary>
    public sealed record SubscribeToFailure;

    /// <summary>Tell the sender every step kept of a run, all that was sent before included.</summary>
    public sealed record Replay(long Batch, long Index);
}

/// <summary>What the journal tells.</summary>
internal static class JournalNotifications
{
    /// <summary>The entry that the receiver waited for is on disk, and all it sent before it.</summary>
    public sealed class Appended
    {
        public static readonly Appended Instance = new();
    }

    /// <summary>What is on disk of a run.</summary>
    public sealed record Replayed(long Index, IReadOnlyList<RunEvent> Events);

    /// <summary>The journal cannot be written any more; nothing will be kept from now on.</summary>
    public sealed record Failed(string Reason);
}
