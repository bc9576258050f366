namespace AimmsOrchestrator.Domain.Polling;

/// <summary>When the next listing pays, and what noticing ends by listings costs.</summary>
/// <param name="Wait">From now; more than zero.</param>
/// <param name="CostPerEnd">
/// Requests at their price and lateness, per task that ends: to be compared with <see cref="InspectionPolicy.ExpectedCost"/>.
/// </param>
public sealed record NextListing(TimeSpan Wait, TimeSpan CostPerEnd);
