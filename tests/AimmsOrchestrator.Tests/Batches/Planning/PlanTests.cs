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

    [Fact]
    public async Task A_difference_late_in_a_long_text_is_shown()
    {
        var text = new string('x', 100);
        var source = _room.Scenario().Source;
        var before = Load(source.Replace("json: { n:", $"json: {{ t: {text}a, n:", StringComparison.Ordinal));
        await ExecuteAsync(before);

        var plan = PlanOf(Load(before.Source.Replace($"{text}a", $"{text}b", StringComparison.Ordinal)));

        Assert.EndsWith(
            """n=1: …xxxxxxxxa", now …xxxxxxxxb")""",
            Assert.Single(plan.Changes!.Reasons),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task More_differences_than_are_shown_are_counted()
    {
        await ExecuteAsync(_room.Scenario());
        var source = _room.Scenario().Source;

        var plan = PlanOf(
            Load(
                source.Replace(
                    "json: { n:",
                    "json: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, n:",
                    StringComparison.Ordinal
                )
            )
        );

        Assert.Equal(6, plan.Changes!.Reasons.Count);
        Assert.Equal("2 more differences", plan.Changes.Reasons[^1]);
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
