using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Server.Access;
using AimmsOrchestrator.Server.Fleet;
using AimmsOrchestrator.Server.OpenApi;
using AimmsOrchestrator.Server.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AimmsOrchestrator.Server.Nodes;

/// <summary>The nodes: this one alone, or those that share its database.</summary>
internal static class NodeEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/nodes", Nodes)
            .RequireAuthorization(Callers.Viewer)
            .Described("listNodes", "The processes that serve, and the batches that each drives");

    private static Ok<IReadOnlyList<NodeDocument>> Nodes(
        ServerOptions options,
        BatchFleet fleet,
        IServiceProvider services
    )
    {
        var members = services.GetService<IClusterView>()?.Nodes ?? [];
        return TypedResults.Ok<IReadOnlyList<NodeDocument>>(
            options.Nodes is { } nodes
                ? [.. nodes.Read().Select(node => DocumentOf(node, members))]
                :
                [
                    new NodeDocument(
                        Environment.MachineName,
                        options.Version,
                        [.. fleet.Host.Driven.Select(batch => batch.Batch.Id.Value).Order(StringComparer.Ordinal)]
                    )
                    {
                        State = fleet.IsStopping ? "leaving" : "up",
                        IsSelf = true,
                    },
                ]
        );
    }

    /// <summary>What the database knows of a node, and what its fellows see.</summary>
    private static NodeDocument DocumentOf(NodeRecord node, IReadOnlyList<ClusterNode> members)
    {
        var member = members.FirstOrDefault(member => member.Address == node.Address);
        return new NodeDocument(node.Description, node.Version, [.. node.Batches.Select(batch => batch.Value)])
        {
            Address = node.Address,
            State =
                !node.IsAlive ? "lost"
                : node.IsLeaving || member is { State: NodeState.Leaving } ? "leaving"
                : member is { IsReachable: false } ? "unreachable"
                : member is { State: NodeState.Joining } ? "joining"
                : "up",
            IsSelf = node.IsSelf,
            SilentSeconds = Math.Round(node.Silent.TotalSeconds, 1),
            RefusedWrites = node.Refused,
        };
    }
}
