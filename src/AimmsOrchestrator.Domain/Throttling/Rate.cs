namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>A number of uses in any stretch of time: a sliding window, not a bucket that fills up while it is not used.</summary>
/// <param name="Count">How many; at least 1.</param>
/// <param name="Period">The stretch; more than zero.</param>
public sealed record Rate(int Count, TimeSpan Period);
