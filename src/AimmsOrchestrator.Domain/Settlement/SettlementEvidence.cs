using AimmsOrchestrator.Domain.Settlement.Submits;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>What the <see cref="SettlementRules"/> judge by.</summary>
internal sealed record SettlementEvidence
{
    /// <summary>The POSTs of this batch whose answers were lost.</summary>
    public required IReadOnlyList<LostSubmit> Lost { get; init; }

    /// <summary>
    /// Other POSTs to the same service whose fate is open: of this batch and still under way, or of another batch of the
    /// workspace. An orphan may be theirs.
    /// </summary>
    public IReadOnlyList<LostSubmit> Rivals { get; init; } = [];

    /// <summary>POSTs of this workspace found ambiguous earlier: an orphan that may be theirs does not reveal a stranger.</summary>
    public IReadOnlyList<LostSubmit> Ambiguous { get; init; } = [];

    /// <summary>The latest poll of the list; null where it failed or there was none.</summary>
    public ListSnapshot? Latest { get; init; }

    /// <summary>The poll before it; null where there was none.</summary>
    public ListSnapshot? Before { get; init; }

    /// <summary>Polls since the last POST was lost, failed ones included.</summary>
    public required int Polls { get; init; }

    /// <summary>What own tasks show of the list's lag.</summary>
    public ListLag Lag { get; init; } = new();

    /// <summary>Why the service refuses its list, where it does so for good; null where it does not.</summary>
    public string? Refusal { get; init; }

    /// <summary>This machine's clock.</summary>
    public required DateTimeOffset Now { get; init; }
}
