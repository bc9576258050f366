using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Journal.PostgreSql.Sql;

namespace AimmsOrchestrator.Journal.PostgreSql.Nodes;

/// <summary>The nodes of the database, and what each drives.</summary>
internal sealed class NodeTable(Func<PostgreSqlDatabase> open, DatabaseNode self) : INodeTable
{
    private static readonly string Nodes = $"""
        SELECT n.node, n.description, n.address, n.version, n.leaving, n.refused, {NodeStatements.IsAlive} AS lives,
            extract(epoch FROM clock_timestamp() - n.seen)::float8 AS silent
        FROM nodes AS n
        WHERE {NodeStatements.IsAlive} OR EXISTS (SELECT 1 FROM batches AS b WHERE b.node = n.node)
        ORDER BY n.joined, n.node
        """;

    /// <inheritdoc />
    public IReadOnlyList<NodeRecord> Read()
    {
        var database = open();
        var driven = database
            .All(
                "SELECT node, id FROM batches WHERE node IS NOT NULL ORDER BY number",
                row => (Node: row.Text("node"), Batch: new BatchId(row.Text("id")))
            )
            .ToLookup(batch => batch.Node, batch => batch.Batch, StringComparer.Ordinal);
        return database.All(
            Nodes,
            row => new NodeRecord(
                row.Text("node"),
                row.Text("description"),
                row.TextOrNull("address"),
                row.Text("version"),
                TimeSpan.FromSeconds(Math.Max(0, row.RealOrNull("silent") ?? 0)),
                [.. driven[row.Text("node")]]
            )
            {
                IsSelf = row.Text("node") == self.Name,
                IsAlive = row.Whole("lives") == 1,
                IsLeaving = row.Whole("leaving") == 1,
                Refused = row.Whole("refused"),
            }
        );
    }

    /// <inheritdoc />
    public void Leave() => self.Leave();
}
