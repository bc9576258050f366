namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>What came of asking a node to drive a batch.</summary>
public abstract record DriveAnswer
{
    private DriveAnswer() { }

    /// <summary>This node drives it.</summary>
    /// <param name="Epoch">The epoch by which it does.</param>
    /// <param name="Ended">
    /// Complete once this node no longer drives it, however that came: its runs have ended, it was left, another node has
    /// taken it over. It fails where the execution failed, and another attempt should wait.
    /// </param>
    public sealed record Driving(long Epoch, Task Ended) : DriveAnswer;

    /// <summary>A living node drives it.</summary>
    public sealed record Elsewhere : DriveAnswer;

    /// <summary>Nothing of it is to be driven: it is finished, paused for good, or removed.</summary>
    public sealed record Over : DriveAnswer;

    /// <summary>This node cannot drive it now.</summary>
    /// <param name="Reason">Why, as the end of a sentence.</param>
    public sealed record Failed(string Reason) : DriveAnswer;
}
