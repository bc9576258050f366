using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AimmsOrchestrator.Domain.Progress;

namespace AimmsOrchestrator.Batches.Hosting;

/// <summary>Gives a batch's progress to any number of followers, who do not wait for each other.</summary>
internal sealed class ProgressFan : IBatchObserver
{
    private readonly Lock _lock = new();
    private readonly List<Channel<BatchProgress>> _followers = [];
    private BatchProgress? _latest;
    private bool _isComplete;

    public BatchProgress? Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    public void OnProgress(BatchProgress progress)
    {
        lock (_lock)
        {
            _latest = progress;
            _followers.ForEach(follower => follower.Writer.TryWrite(progress));
        }
    }

    /// <summary>Nothing comes after what came: followers end once they have that.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _followers.ForEach(follower => follower.Writer.TryComplete());
        }
    }

    public async IAsyncEnumerable<BatchProgress> FollowAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var follower = Subscribe();
        try
        {
            await foreach (var progress in follower.Reader.ReadAllAsync(cancellation))
            {
                yield return progress;
            }
        }
        finally
        {
            lock (_lock)
            {
                _followers.Remove(follower);
            }
        }
    }

    private Channel<BatchProgress> Subscribe()
    {
        // Snapshots are absolute: only the newest is worth keeping for a follower that is busy.
        var follower = Channel.CreateBounded<BatchProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        lock (_lock)
        {
            if (_latest is { } latest)
            {
                follower.Writer.TryWrite(latest);
            }

            if (_isComplete)
            {
                follower.Writer.TryComplete();
            }

            _followers.Add(follower);
        }

        return follower;
    }
}
