using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>An account as the journal knows it.</summary>
/// <param name="Name">As <see cref="ServiceAccount.NameOf"/> has it.</param>
/// <param name="Use">How much of it is in use now.</param>
/// <param name="PausedUntil">Until when the service asked for no requests; null where that is over.</param>
/// <param name="Slots">The slots by batch, the one with the most first; batches without any are left out.</param>
public sealed record AccountRecord(
    string Name,
    AccountUse Use,
    DateTimeOffset? PausedUntil,
    IReadOnlyList<KeyValuePair<BatchId, int>> Slots
);
