using System.Runtime.InteropServices;

namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>A batch that is unfinished, that people want to go on, and that no living node drives.</summary>
/// <param name="Number">The batch's number in the journal.</param>
/// <param name="Epoch">Its epoch as it was read: of two requests to drive it the one with the larger epoch is the later one.</param>
/// <param name="IsGivenUp">Whether its driver has given it up, or it never had one: no sign of life has to be believed for that.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LeftBatch(long Number, long Epoch, bool IsGivenUp = false);
