using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Batches.Planning;

/// <summary>What a plan finds in the workspace.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly TestRoom _room = new();

    [Theory]
    [InlineData("http://localhost:1/")]
    [InlineData("HTTP://LOCALHOST:1")]
    public async Task A_run_is_done_whatever_the_spelling_of_its_address(string url)
    {
        await ExecuteAsync(_room.Scenario());

        var plan = PlanOf(Respelt(url));

        Assert.Equal((3, 0), (plan.Status!.Done, plan.Status.ToDo.Count));
    }

    [Fact]
    public async Task Another_address_is_the_reason_of_a_change()
    {
        await ExecuteAsync(_room.Scenario());

        var plan = PlanOf(Respelt("http://localhost:2"));

        Assert.Equal(3, plan.Changes!.Changed);
        Assert.StartsWith("service.url (run 0, ", Assert.Single(plan.Changes.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_becomes_a_replicate_is_the_reason_of_a_change()
    {
        await ExecuteAsync(_room.Scenario());
        var replicated = Load(
            _room
                .Scenario()
                .Source.Replace("matrix: { n: [1, 2, 3] }", "repeat: { times: 3, as: n }", StringComparison.Ordinal)
        );

        var plan = PlanOf(replicated);

        Assert.Equal(3, plan.Changes!.Changed);
        Assert.StartsWith(
            "the replicate that repeat makes (run 0, ",
            Assert.Single(plan.Changes.Reasons),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _room.Dispose();

    private Task ExecuteAsync(Scenario scenario) =>
        _room.ExecuteAsync(runner => runner.OpenAsync(scenario, TestRoom.Run));

    private PlanOverview PlanOf(Scenario scenario) => PlanOverview.Of(scenario, _room.Workspace, () => 0.5);

    private Scenario Respelt(string url) =>
        Load(_room.Scenario().Source.Replace("http://localhost:1", url, StringComparison.Ordinal));

    private static Scenario Load(string source)
    {
        var loaded = new ScenarioLoader(_ => null).LoadStored(
            "short.yaml",
            source,
            new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal),
            ScenarioOverrides.None
        );
        Assert.Empty(loaded.Diagnostics);
        return loaded.Scenario!;
    }
}
