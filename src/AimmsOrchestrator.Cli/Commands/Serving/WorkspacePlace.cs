using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Serving;

/// <summary>Where a server keeps what it has, for commands that work on that and not by the server: a folder, or a database.</summary>
internal sealed class WorkspacePlace
{
    private readonly PlaceOptions _place = new();
    private readonly Option<string?> _database = DatabaseOption.Create();

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [.. _place.All, _database];

    /// <summary>Refuses a server.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="services">What commands have.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="why">Why a server is none of its business.</param>
    /// <exception cref="UserErrorException">A server is meant, or both a folder and a database.</exception>
    public void RefuseServer(ParseResult parsed, CommandServices services, string command, string why)
    {
        if (parsed.GetValue(_database) is null)
        {
            _place.RefuseServer(parsed, services, command, why);
        }
        else if (_place.IsNamed(parsed))
        {
            throw new UserErrorException($"{DatabaseOption.Name}: either a database, or --workspace or --server");
        }
    }

    /// <summary>What it is called, for people.</summary>
    public string NameOf(ParseResult parsed, IWorkspace workspace) =>
        parsed.GetValue(_database) is null ? _place.Folder(parsed) : workspace.Name;

    /// <summary>Opens a place that may be new.</summary>
    public IWorkspace OpenOrCreate(ParseResult parsed, TimeProvider time) =>
        DatabaseOption.Open(
            parsed.GetValue(_database),
            () => SqliteWorkspace.OpenOrCreate(_place.Folder(parsed)),
            time
        );

    /// <summary>Opens a place that is there.</summary>
    public IWorkspace OpenExisting(ParseResult parsed, TimeProvider time) =>
        DatabaseOption.Open(
            parsed.GetValue(_database),
            () => SqliteWorkspace.OpenExisting(_place.Folder(parsed)),
            time
        );
}
