using System.CommandLine;
using AimmsOrchestrator.Cli.Parsing;
using AimmsOrchestrator.Cli.Remote;
using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Journal;

namespace AimmsOrchestrator.Cli.Commands.Serving;

/// <summary>Where the tokens of a server are kept: in its folder, or in its database.</summary>
internal sealed class BookPlace
{
    private readonly PlaceOptions _place = new();
    private readonly Option<string?> _database = DatabaseOption.Create();

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [.. _place.All, _database];

    /// <summary>Tokens are made on the server's own machine.</summary>
    /// <exception cref="UserErrorException">A server is meant, or both a folder and a database.</exception>
    public void RefuseServer(ParseResult parsed, CommandServices services)
    {
        if (parsed.GetValue(_database) is null)
        {
            _place.RefuseServer(parsed, services, "token", "tokens are kept where the server's workspace is");
        }
        else if (_place.IsNamed(parsed))
        {
            throw new UserErrorException($"{DatabaseOption.Name}: either a database, or --workspace or --server");
        }
    }

    /// <summary>Opens the book of a place that may be new.</summary>
    public IAccessBook OpenOrCreate(ParseResult parsed, TimeProvider time) =>
        DatabaseOption
            .Open(parsed.GetValue(_database), () => SqliteWorkspace.OpenOrCreate(_place.Folder(parsed)), time)
            .OpenAccessBook();

    /// <summary>Opens the book of a place that is there.</summary>
    public IAccessBook OpenExisting(ParseResult parsed, TimeProvider time) =>
        DatabaseOption
            .Open(parsed.GetValue(_database), () => SqliteWorkspace.OpenExisting(_place.Folder(parsed)), time)
            .OpenAccessBook();
}
