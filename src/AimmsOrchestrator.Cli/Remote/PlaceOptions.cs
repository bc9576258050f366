using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;

namespace AimmsOrchestrator.Cli.Remote;

/// <summary>Where a command's batches are: in a workspace of this machine, or at a server.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<string> _workspace = SharedOptions.Workspace();
    private readonly Option<string?> _server = SharedOptions.Server();

    /// <summary>Both, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_workspace, _server];

    /// <summary>The workspace as the user named it.</summary>
    public string Folder(ParseResult parsed) => parsed.GetRequiredValue(_workspace);

    /// <summary>Whether an option names a place.</summary>
    public bool IsNamed(ParseResult parsed) =>
        parsed.GetResult(_workspace) is { Implicit: false } || parsed.GetValue(_server) is not null;

    /// <summary>The server; null where the workspace is meant.</summary>
    /// <exception cref="UserErrorException">Both are meant, or the address is none.</exception>
    public RemoteServer? Server(ParseResult parsed, CommandServices services)
    {
        var isHere = parsed.GetResult(_workspace) is { Implicit: false };
        if (parsed.GetValue(_server) is { } url)
        {
            return isHere
                ? throw new UserErrorException($"{SharedOptions.ServerName}: either a server or --workspace")
                : Open(url, SharedOptions.ServerName, services);
        }

        return !isHere && Environment.GetEnvironmentVariable(SharedOptions.ServerVariable) is { Length: > 0 } address
            ? Open(address, SharedOptions.ServerVariable, services)
            : null;
    }

    /// <summary>Refuses a server for a command that works on a workspace alone.</summary>
    /// <exception cref="UserErrorException">A server is meant.</exception>
    public void RefuseServer(ParseResult parsed, CommandServices services, string command, string why)
    {
        using var server = Server(parsed, services);
        if (server is not null)
        {
            var isExplicit = parsed.GetValue(_server) is not null;
            throw new UserErrorException(
                isExplicit
                    ? $"{command}: {why}; leave {SharedOptions.ServerName} out"
                    : $"{command}: {why}, and {SharedOptions.ServerVariable} leads to {server.Address.Name}: name a workspace of this machine with --workspace, or unset the variable"
            );
        }
    }

    private static RemoteServer Open(string url, string source, CommandServices services) =>
        new(
            ServerAddress.Parse(url, source, Environment.GetEnvironmentVariable(ServerAddress.TokenVariable)),
            services.Time
        );
}
