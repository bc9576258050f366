using AimmsOrchestrator.Cli;
using AimmsOrchestrator.Tests.Server;

namespace AimmsOrchestrator.Tests.Cli.Remote;

/// <summary>What the command line shows of a server's batches: the same as of the server's own workspace.</summary>
public sealed class RemoteReadingTests(RemoteReadingTests.Batches batches) : IClassFixture<RemoteReadingTests.Batches>
{
    private const string Mixed = """
        name: mixed
        service: { use: dev, name: echo }
        sweep: { matrix: { n: [1, 2, 3], k: [1, 2] } }
        request: { json: { n: "${{ n }}", k: "${{ k }}" } }
        results: { twice: response.n * 2, wrong: "response.n == 3 && response.k == 2 ? response.missing.member : 1" }
        expect: [ { name: small, that: twice < 6 } ]
        report: { baseline: { n: 1, k: 1 } }
        """;

    private readonly ServerRoom _room = batches.Room;

    [Theory]
    [InlineData("list")]
    [InlineData("list --json")]
    [InlineData("status")]
    [InlineData("status mixed-1")]
    [InlineData("status mixed --json")]
    [InlineData("report")]
    [InlineData("report mixed-1 --format csv")]
    [InlineData("report mixed-1 --format jsonl")]
    [InlineData("report mixed-1 --format md")]
    [InlineData("report mixed-1 mixed-2")]
    [InlineData("report mixed-1 mixed-2 --format csv")]
    [InlineData("report mixed-1 mixed-1")]
    [InlineData("report mixed-1 --format html")]
    [InlineData("response mixed-1 0")]
    [InlineData("diff mixed-1 mixed-2")]
    [InlineData("diff mixed-1 mixed-1")]
    [InlineData("diff mixed-1 mixed-2 --format csv --tolerance 0.001")]
    [InlineData("diff mixed-1 mixed-2 --format jsonl --result twice")]
    [InlineData("diff mixed-1 mixed-2 --result nothing")]
    [InlineData("expect mixed-1")]
    [InlineData("status nothing")]
    [InlineData("response mixed-1 77")]
    public async Task A_command_shows_there_what_it_shows_here(string command)
    {
        var here = await RunAsync(command, "--workspace", _room.Workspace.Folder);
        var there = await RunAsync(command, "--server", _room.Address.AbsoluteUri);

        var name = _room.Address.AbsoluteUri.TrimEnd('/');
        Assert.Equal(here.Output, there.Output);
        Assert.Equal(here.ExitCode, there.ExitCode);
        Assert.Equal(
            here.Errors.Replace($"{_room.Workspace.Folder}: ", "", StringComparison.Ordinal),
            there.Errors.Replace($"{name}: ", "", StringComparison.Ordinal)
        );
    }

    private static Task<CommandOutput> RunAsync(string command, params string[] place) =>
        CommandOutput.OfAsync([.. command.Split(' '), .. place]);

    /// <summary>Two batches of a server, which differ.</summary>
    public sealed class Batches : IAsyncLifetime
    {
        internal ServerRoom Room { get; } = new();

        public async Task InitializeAsync()
        {
            await Room.InitializeAsync();
            await ServerRoom.FinishAsync(Room.Client, Mixed);
            await ServerRoom.FinishAsync(Room.Client, Mixed.Replace("n * 2", "n * 2.5", StringComparison.Ordinal));
        }

        public Task DisposeAsync() => Room.DisposeAsync();
    }
}
