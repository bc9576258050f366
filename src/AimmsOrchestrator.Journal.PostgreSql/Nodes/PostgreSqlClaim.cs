using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal.PostgreSql.Sql;
using Npgsql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>
/// The right to execute a batch, as a row of the database: it belongs to a node until that gives it up, or has given no sign of
/// life for some seconds.
/// </summary>
internal sealed class PostgreSqlClaim(NpgsqlDataSource source, long batch, long epoch) : IBatchClaim
{
    /// <summary>Whether the node that has a batch lives; <c>b</c> is the batch's row.</summary>
    public static readonly string LivingNode = FormattableString.Invariant(
        $"SELECT n.description, n.node FROM nodes AS n WHERE n.node = b.node AND n.seen > clock_timestamp() - make_interval(secs => {DatabaseNode.DeadAfter.TotalSeconds})"
    );

    /// <inheritdoc />
    public bool IsExclusive => true;

    /// <inheritdoc />
    public long Epoch => epoch;

    /// <inheritdoc />
    public bool IsAskedToLeave
    {
        get
        {
            try
            {
                using var query = source
                    .CreateCommand("SELECT leave_asked FROM batches WHERE number = $1 AND epoch = $2")
                    .With([batch, epoch]);
                return query.ExecuteScalar() is 1L;
            }
            catch (NpgsqlException e) when (PostgreSqlErrors.IsTransient(e))
            {
                return false;
            }
        }
    }

    public void Dispose()
    {
        try
        {
            using var release = source
                .CreateCommand("UPDATE batches SET node = NULL, leave_asked = 0 WHERE number = $1 AND epoch = $2")
                .With([batch, epoch]);
            release.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // It is free once this node gives no sign of life; until then the node takes it again itself.
        }
    }
}
