using System.Diagnostics;
using AimmsOrchestrator.Domain.Cluster;

namespace AimmsOrchestrator.Tests.Cluster;

/// <summary>
/// The database that the nodes of a test share: epochs, signs of life and leases, and a record of who drove what and when. A batch
/// is taken over where its driver has given it up, or has shown no sign of life for some time.
/// </summary>
/// <param name="lifetime">For how long a driver without a sign of life keeps its batches; 3 s by default.</param>
internal sealed class SharedDatabase(TimeSpan? lifetime = null) : ILeaseTable
{
    private readonly TimeSpan _lifetime = lifetime ?? TimeSpan.FromSeconds(3);
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<long, Row> _batches = [];
    private readonly Dictionary<string, (string Owner, TimeSpan Until)> _leases = [];
    private readonly HashSet<string> _dead = [];
    private readonly Dictionary<string, TimeSpan> _diedAt = [];

    /// <summary>Who began to drive which batch by which epoch, in order.</summary>
    public List<(string Node, long Batch, long Epoch, TimeSpan At)> Taken { get; } = [];

    public TimeSpan Now => _clock.Elapsed;

    public void Add(params IEnumerable<long> batches)
    {
        lock (_lock)
        {
            foreach (var batch in batches)
            {
                _batches[batch] = new Row(0, null);
            }
        }
    }

    /// <summary>The node that drives a batch now, where it is alive.</summary>
    public string? DriverOf(long batch)
    {
        lock (_lock)
        {
            return _batches[batch].Node is { } node && !_dead.Contains(node) ? node : null;
        }
    }

    /// <summary>A node shows no sign of life from now on.</summary>
    public void Kill(string node)
    {
        lock (_lock)
        {
            _dead.Add(node);
            _diedAt[node] = Now;
        }
    }

    public IReadOnlyList<LeftBatch> Left()
    {
        lock (_lock)
        {
            return
            [
                .. from batch in _batches
                where IsFree(batch.Value)
                select new LeftBatch(batch.Key, batch.Value.Epoch, IsGivenUp: batch.Value.Node is null),
            ];
        }
    }

    /// <returns>The new epoch; null where a living node drives the batch, or this one is dead.</returns>
    public long? TryTake(long batch, string node)
    {
        lock (_lock)
        {
            var row = _batches[batch];
            if (!IsFree(row) || _dead.Contains(node))
            {
                return null;
            }

            _batches[batch] = new Row(row.Epoch + 1, node);
            Taken.Add((node, batch, row.Epoch + 1, Now));
            return row.Epoch + 1;
        }
    }

    public void GiveUp(long batch, string node)
    {
        lock (_lock)
        {
            if (_batches[batch].Node == node && !_dead.Contains(node))
            {
                _batches[batch] = _batches[batch] with { Node = null };
            }
        }
    }

    public Task<bool> TryAcquireAsync(string name, string owner, TimeSpan lifetime, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var isFree = !_leases.TryGetValue(name, out var lease) || lease.Owner == owner || lease.Until < Now;
            if (isFree)
            {
                _leases[name] = (owner, Now + lifetime);
            }

            return Task.FromResult(isFree);
        }
    }

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(name, out var lease) && lease.Owner == owner)
            {
                _leases.Remove(name);
            }
        }

        return Task.CompletedTask;
    }

    private bool IsFree(Row row) =>
        row.Node is null || (_dead.Contains(row.Node) && Now - _diedAt[row.Node] >= _lifetime);

    private sealed record Row(long Epoch, string? Node);
}
