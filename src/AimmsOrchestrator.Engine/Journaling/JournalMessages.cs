using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Journaling;

/// <summary>What the journal is told to do.</summary>
internal static class JournalCommands
{
    /// <summary>Keep an entry; the sender hears <see cref="JournalNotifications.Kept"/> once it is on disk, if it waits for that.</summary>
    public sealed record Keep(JournalEntry Entry, bool IsAwaited);

    /// <summary>Tell the sender when the journal is lost.</summary>
    public sealed record TellOfLoss;

    /// <summary>Tell the sender every step kept of a run, all that was sent before included.</summary>
    public sealed record Recall(long Batch, long Index);
}

/// <summary>What the journal tells.</summary>
internal static class JournalNotifications
{
    /// <summary>The entry that the receiver waited for is on disk, and all it sent before it.</summary>
    public sealed class Kept
    {
        public static readonly Kept Instance = new();
    }

    /// <summary>What is on disk of a run.</summary>
    public sealed record Recalled(long Index, IReadOnlyList<RunEvent> Steps);

    /// <summary>The journal cannot be written any more; nothing will be kept from now on.</summary>
    public sealed record Lost(string Reason);
}
