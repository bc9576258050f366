using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Progress;

/// <summary>A run that has begun and not ended.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When its latest event was: since then it is in this state.</param>
public sealed record RunUnderWay(long Index, string Name, RunState State, DateTimeOffset Since);
