using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Batches.Views;

/// <summary>A response that is kept.</summary>
/// <param name="Response">Whose it is, and its media type.</param>
/// <param name="HoldsKey">Whether it holds the service's key: a server keeps it to itself then.</param>
public sealed record ResponseContents(StoredResponse Response, bool HoldsKey);
