using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Journal.PostgreSql.Sql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>The batches that no living node drives although one should.</summary>
internal sealed class LeftBatchTable(Func<PostgreSqlDatabase> open, DatabaseNode self) : ILeftBatches
{
    /// <summary>A batch that stopped for a reason of its own is left to people, and one that is to be cancelled to its cancel.</summary>
    private static readonly string Left = $"""
        WITH cancels AS (SELECT batch, step, value FROM controls WHERE name = '{ControlNames.Cancel}')
        SELECT b.number, b.epoch, (b.node IS NULL)::int AS given_up FROM batches AS b
        WHERE (b.ended_how IS NULL OR b.ended_how = 'interrupted')
            AND NOT EXISTS (
                SELECT 1 FROM cancels AS c WHERE c.batch = b.number AND c.value NOT LIKE '{ControlLog.TakenBack}%' AND NOT EXISTS (
                    SELECT 1 FROM cancels AS l WHERE l.batch = c.batch AND (
                        l.value = '{ControlLog.TakenBack}' || c.step
                        OR l.value NOT LIKE '{ControlLog.TakenBack}%' AND l.step > c.step)))
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
