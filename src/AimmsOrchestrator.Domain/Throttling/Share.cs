namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>What a batch has of its account from now on: absolute, like the demand.</summary>
/// <param name="Slots">Slots; fewer than it holds revoke none.</param>
/// <param name="Submits">The rate of its submits; null for no limit.</param>
/// <param name="Requests">The rate of its requests of all kinds; null for no limit.</param>
public sealed record Share(int Slots, Rate? Submits, Rate? Requests);
