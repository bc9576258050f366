using AimmsOrchestrator.Domain.Cluster;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios.Loading;
using Microsoft.Extensions.DependencyInjection;

namespace AimmsOrchestrator.Server.Settings;

/// <summary>How a server is started.</summary>
/// <param name="Listen">The address to listen on; port 0 takes a free one.</param>
/// <param name="Workspace">Where its batches live.</param>
/// <param name="Settings">Its configuration.</param>
/// <param name="Version">The program's version, for people.</param>
public sealed record ServerOptions(Uri Listen, IWorkspace Workspace, ServerSettings Settings, string Version)
{
    /// <summary>The nodes that share the workspace; null where it is this process's alone.</summary>
    public INodeTable? Nodes { get; init; }

    /// <summary>
    /// Adds the cluster (<see cref="IClusterView"/>) that decides which node drives what; null, by default, where each server takes up by
    /// itself what no other one drives.
    /// </summary>
    public Action<IServiceCollection>? AddCluster { get; init; }

    /// <summary>Why the cluster could not start, from what was thrown, as one sentence; null where that was something else.</summary>
    public Func<Exception, string?>? WhyNoCluster { get; init; }
}
