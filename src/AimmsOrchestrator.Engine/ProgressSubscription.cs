using System.Threading.Channels;
using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Engine;

/// <summary>One subscriber's view of a batch's progress. Disposing of it ends it.</summary>
public sealed class ProgressSubscription : IDisposable
{
    private readonly Action _unsubscribe;

    internal ProgressSubscription(ChannelReader<BatchProgress> snapshots, Action unsubscribe)
    {
        Snapshots = snapshots;
        _unsubscribe = unsubscribe;
    }

    /// <summary>The newest snapshot that was not read yet; complete once the execution is over.</summary>
    public ChannelReader<BatchProgress> Snapshots { get; }

    public void Dispose() => _unsubscribe();
}
