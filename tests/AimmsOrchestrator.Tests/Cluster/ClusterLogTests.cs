using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Cluster;
using AimmsOrchestrator.Cluster.Batches;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AimmsOrchestrator.Tests.Cluster;

/// <summary>What the actor system of a node says, as it stands in the program's log.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework disposes of it asynchronously.")]
public sealed class ClusterLogTests : IAsyncLifetime
{
    private const string Connection =
        "akka.tcp://aimms-batch@10.0.0.1:8560/system/endpointManager/reliableEndpointWriter-akka.tcp%3A-1";

    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ILoggerFactory _factory;
    private readonly ActorSystem _system;
    private readonly IActorRef _log;

    public ClusterLogTests()
    {
        _factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(_lines));
        _system = ActorSystem.Create(
            "log",
            ActorSystemSetup.Create(BootstrapSetup.Create(), new ClusterLogSetup(_factory, _time))
        );
        _log = _system.ActorOf(Props.Create<ClusterLog>());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.Terminate();
        _factory.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public async Task A_thing_is_one_line_without_the_stack_traces_of_the_library()
    {
        _log.Tell(new Warning("a", typeof(Akka.Cluster.Cluster), "Leaving.\n   at Akka.Somewhere()"));
        _log.Tell(new Error(new InvalidOperationException("no route\n at"), "a", typeof(Akka.Cluster.Cluster), "Lost"));

        Assert.Equal(["Warning Leaving.", "Error Lost (no route)"], await SaidAsync());
    }

    [Fact]
    public async Task What_an_actor_of_this_program_throws_keeps_its_place()
    {
        _log.Tell(new Error(new InvalidOperationException("a bug"), "a", typeof(HeirActor), "Failed"));

        Assert.Equal(["Error FailedSystem.InvalidOperationException: a bug"], await SaidAsync());
    }

    [Fact]
    public async Task The_end_of_a_connection_is_left_to_the_state_of_the_members()
    {
        _log.Tell(
            new Error(new InvalidOperationException("Disassociated"), Connection, typeof(string), "Disassociated")
        );
        _log.Tell(new Warning(Connection, typeof(string), "Association with remote system has failed"));

        Assert.Empty(await SaidAsync());
    }

    [Fact]
    public async Task What_is_said_again_and_again_is_one_line_per_minute()
    {
        Try(2, "db-1");
        Try(3, "db-1");
        Try(1, "db-2");
        await SaidAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        Try(61, "db-1");
        await SaidAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Try(62, "db-1");

        Assert.Equal(
            [
                "Warning Couldn't join db-1 after [2] attempts",
                "Warning Couldn't join db-2 after [1] attempts",
                "Warning Couldn't join db-1 after [62] attempts",
            ],
            await SaidAsync()
        );
    }

    private void Try(int attempts, string node) =>
        _log.Tell(
            new Warning("seeds", typeof(Akka.Cluster.Cluster), $"Couldn't join {node} after [{attempts}] attempts")
        );

    private async Task<IEnumerable<string>> SaidAsync()
    {
        await _log.Ask<LoggerInitialized>(new InitializeLogger(_system.EventStream), TimeSpan.FromMinutes(1));
        return _lines.All;
    }
}
