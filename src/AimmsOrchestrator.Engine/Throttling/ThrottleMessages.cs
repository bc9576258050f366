using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>What the throttle can do.</summary>
internal static class ThrottleCommands
{
    /// <summary>The sender wants a permit; <see cref="Grant"/> comes when it has it.</summary>
    public sealed record Acquire(PermitId Permit, PermitKind Kind);

    /// <summary>A permit comes back, or is no longer wanted.</summary>
    public sealed record Release(PermitId Permit, PermitKind Kind);

    /// <summary>A run is over, or its actor has stopped: all its permits come back.</summary>
    public sealed record ReleaseAll(PermitId Permit);

    /// <summary>A run is over whose task may not be: its slot comes back only after a while.</summary>
    public sealed record AbandonSlot(PermitId Permit, TimeSpan For);

    /// <summary>The fate of the run's POST is not known: the run keeps its permits, and no other submits before it is known.</summary>
    public sealed record MarkUnconfirmed(PermitId Permit);

    /// <summary>A request was answered, or did not reach the service.</summary>
    /// <param name="Outage">Why the service was not reached; null where it answered.</param>
    public sealed record ReportOutcome(ServiceFault? Outage)
    {
        private static readonly ReportOutcome Answer = new((ServiceFault?)null);

        /// <summary>What a reply says about the service itself.</summary>
        public static ReportOutcome From(ServiceFault? fault) =>
            fault is { IsOutage: true } ? new ReportOutcome(fault) : Answer;
    }

    /// <summary>
    /// The run's intent was refused, since other batches have the account's slots: its permit to submit comes back unused, and none is
    /// granted before <see cref="AccountHasRoom"/>.
    /// </summary>
    public sealed record AwaitAccount(PermitId Permit);

    /// <summary>The account has a slot again, as far as is known.</summary>
    public sealed record AccountHasRoom;

    /// <summary>Send the sender <see cref="AccountFull"/> when an intent is refused.</summary>
    public sealed record SubscribeToAccount;

    /// <summary>There is this number of slots from now on; a slot that is held is not revoked.</summary>
    public sealed record SetSlots(int Slots);

    /// <summary>These limits hold from now on; while the batch is paused, no submit is granted.</summary>
    public sealed record Apply(BatchControl Control);

    /// <summary>No submit is granted any more.</summary>
    public sealed record EndSubmits;

    /// <summary>Send the sender <see cref="BatchFact.ServiceRefused"/> when the service turns out never to have been reachable.</summary>
    public sealed record SubscribeToOutage;

    /// <summary>Nothing is sent for a while.</summary>
    public sealed record PauseFor(TimeSpan Duration);
}

/// <summary>
/// The account is in use up to a ceiling: the receiver sends <see cref="ThrottleCommands.AccountHasRoom"/> once that may be otherwise.
/// The latest ceiling holds.
/// </summary>
internal sealed record AccountFull(AccountCeiling Ceiling);
