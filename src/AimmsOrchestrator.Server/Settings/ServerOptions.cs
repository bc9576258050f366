using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Server.Settings;

/// <summary>How a server is started.</summary>
/// <param name="Listen">The address to listen on; port 0 takes a free one.</param>
/// <param name="Workspace">Where its batches live.</param>
/// <param name="Settings">Its configuration.</param>
/// <param name="Version">The program's version, for people.</param>
public sealed record ServerOptions(Uri Listen, IWorkspace Workspace, ServerSettings Settings, string Version);
