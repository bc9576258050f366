using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>What a batch asks of its account: absolute, so that losing one, or receiving it twice, changes nothing.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Batch">The batch's number.</param>
/// <param name="Wanted">How many slots it has a use for now, those that it holds included.</param>
/// <param name="Held">How many it holds.</param>
/// <param name="Limits">What it may ask at most, and its priority.</param>
public sealed record Demand(string Account, long Batch, int Wanted, int Held, Limits Limits)
{
    /// <summary>A batch that has said nothing for this long is no more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    /// <summary>How many unfinished tasks it keeps by what it has found; null where its scenario states the number.</summary>
    public int? Found { get; init; }
}

/// <summary>A batch demands nothing more of its account.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Batch">The batch's number.</param>
public sealed record DemandEnded(string Account, long Batch);

/// <summary>What batches that other processes drive demand of an account.</summary>
/// <param name="Demands">All of them, and perhaps some of this process.</param>
public sealed record OtherDemands(IReadOnlyList<Demand> Demands);
