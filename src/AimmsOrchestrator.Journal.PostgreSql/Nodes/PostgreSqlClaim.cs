using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>
/// The right to execute a batch, as a row of the database: it belongs to a node until that gives it up, or has given no sign of
/// life for some seconds. Each sign of life finds out whether it still does.
/// </summary>
internal sealed class PostgreSqlClaim(DatabaseNode node, long batch, long epoch, MonotonicLease lease) : IBatchClaim
{
    private volatile bool _isAskedToLeave;

    /// <inheritdoc />
    public bool IsExclusive => true;

    /// <summary>The batch's number.</summary>
    public long Batch => batch;

    /// <inheritdoc />
    public long Epoch => epoch;

    /// <inheritdoc />
    public bool IsAskedToLeave => _isAskedToLeave;

    /// <inheritdoc />
    public bool MaySend => lease.MaySend;

    /// <inheritdoc />
    public TimeSpan? Lifetime => lease.Lifetime;

    /// <summary>A sign of life is in the database.</summary>
    /// <param name="sent">The moment before it was sent.</param>
    /// <param name="found">The batch's epoch, and whether its driver is to leave; null where it belongs to another node.</param>
    public void Learn(MonotonicLease.Moment sent, (long Epoch, bool IsAskedToLeave)? found)
    {
        if (found is { } row && row.Epoch == epoch)
        {
            _isAskedToLeave = row.IsAskedToLeave;
            lease.Renew(sent);
        }
        else
        {
            lease.Lose();
        }
    }

    public void Dispose() => node.Release(this);
}
