using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Engine.Journaling;

/// <summary>Commands to the journal.</summary>
internal static class JournalCommands
{
    /// <summary>Append an entry; <see cref="JournalNotifications.Appended"/> answers once it is on disk, where that is wanted.</summary>
    public sealed record Append(JournalEntry Entry, bool IsAcknowledged);

    /// <summary>These limits hold for the account from now on, where the batch shares one.</summary>
    public sealed record Limit(Limits Limits);

    /// <summary>Send the sender <see cref="BatchFact.JournalFailed"/> when the journal fails: nothing is appended from then on, and no effect follows.</summary>
    public sealed record SubscribeToFailure;

    /// <summary>Send every event of a run to the sender, all that were sent before included.</summary>
    public sealed record Replay(long Batch, long Index);

    /// <summary>Append what is left, then stop.</summary>
    public sealed record Stop;
}

/// <summary>Notifications of the journal.</summary>
internal static class JournalNotifications
{
    /// <summary>The entry that the receiver waited for is on disk, and all it sent before it.</summary>
    public sealed record Appended;

    /// <summary>The intent that the receiver waited for was refused: its account has no slot. Nothing of it is on disk.</summary>
    public sealed record Refused;

    /// <summary>Slots of an account came back, or the answer to a submit.</summary>
    /// <param name="Account">The account's name.</param>
    public sealed record AccountReleased(string Account);

    /// <summary>What is on disk of a run.</summary>
    public sealed record Replayed(long Index, IReadOnlyList<RunEvent> Events);
}
