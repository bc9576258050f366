namespace AimmsOrchestrator.Domain.Throttling.Shares;

/// <summary>What a batch asks of its account: absolute, so that losing one, or receiving it twice, changes nothing.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Batch">The batch's number.</param>
/// <param name="Wanted">How many slots it has a use for now, those that it holds included.</param>
/// <param name="Held">How many it holds.</param>
/// <param name="Limits">What it may ask at most, and its priority.</param>
public sealed record Demand(string Account, long Batch, int Wanted, int Held, Limits Limits);

/// <summary>A batch demands nothing more of its account.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Batch">The batch's number.</param>
public sealed record DemandEnded(string Account, long Batch);
