using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Journal.PostgreSql.Sql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>The batches that no living node drives although one should.</summary>
internal sealed class LeftBatchTable(Func<PostgreSqlDatabase> open, DatabaseNode self) : ILeftBatches
{
    /// <summary>A batch that stopped for a reason of its own is left to people, and one that is to be cancelled to its cancel.</summary>
    private static readonly string Left = $"""
        SELECT b.number, b.epoch, (b.node IS NULL)::int AS given_up FROM batches AS b
        WHERE (b.ended_how IS NULL OR b.ended_how = 'interrupted')
            AND coalesce((
                SELECT c.value FROM controls AS c WHERE c.batch = b.number AND c.name = '{ControlNames.Cancel}'
                ORDER BY c.step DESC LIMIT 1), '{ControlLog.No}') = '{ControlLog.No}'
            AND NOT EXISTS (SELECT 1 FROM nodes AS n WHERE n.node = b.node AND {NodeStatements.IsAlive})
        ORDER BY b.number
        """;

    /// <inheritdoc />
    public bool AreBelieved => self.SteadyFor >= ILeftBatches.BelievedAfter;

    /// <inheritdoc />
    public Task<IReadOnlyList<LeftBatch>> ReadAsync(CancellationToken cancellation) =>
        Task.Run(
            IReadOnlyList<LeftBatch> () =>
                open()
                    .All(
                        Left,
                        row => new LeftBatch(row.Whole("number"), row.Whole("epoch"), row.Whole("given_up") == 1)
                    ),
            cancellation
        );
}
