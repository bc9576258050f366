namespace AimmsOrchestrator.Cluster.Messages;

/// <summary>What may go to another node: ids and numbers, by <see cref="ClusterSerializer"/> alone.</summary>
internal interface ICrossesNodes;

/// <summary>
/// Command: drive a batch that no living node drives. It is repeated each half second for as long as that is so; it may be lost,
/// doubled or late.
/// </summary>
/// <param name="Batch">The batch's number in the journal.</param>
/// <param name="Epoch">The epoch at which it was left: at a later one the command is out of date.</param>
internal sealed record Wake(long Batch, long Epoch) : ICrossesNodes;

/// <summary>A message of a later version, or a broken one. Nothing handles it.</summary>
/// <param name="Manifest">What its sender calls it.</param>
internal sealed record UnknownMessage(string Manifest) : ICrossesNodes;
