using AimmsOrchestrator.Scenarios.Expressions.Scripting;

namespace AimmsOrchestrator.Tests.Scenarios;

public class FirstEngineTests
{
    [Theory]
    [InlineData("request: { json: { x: '${{ 2 * x }}' } }")]
    [InlineData("request: { json: { x: '${{ x }}${{ x + 1 }}' } }")]
    [InlineData("results: { lanes: 'response.flows.filter(f => f > 0)' }")]
    [InlineData("results: { cost: response.objective ?? null }")]
    [InlineData("results: { cost: response?.objective }")]
    [InlineData("success: task.returnCode === 1")]
    public void A_scenario_with_more_than_names_and_paths_seems_to_need_an_engine(string scenario) =>
        Assert.True(FirstEngine.MayBeNeeded(scenario));

    [Theory]
    [InlineData("")]
    [InlineData("request: { json: { x: '${{ x }}', y: '${{y}}', z: '${{ node-version }}' } }")]
    [InlineData("request: { json: { key: '${{ run.key }}', user: '${{ env.USER_1 }}' } }")]
    [InlineData("results: { cost: response.objective, status: response.status }")]
    [InlineData("request: { json: { x: '${{ never closed' } }")]
    public void A_scenario_with_names_and_paths_only_does_not(string scenario) =>
        Assert.False(FirstEngine.MayBeNeeded(scenario));

    [Fact]
    public void Each_caller_has_an_engine_of_its_own()
    {
        FirstEngine.BeginFor(() => "a ?? b");

        Assert.NotSame(FirstEngine.TakeOrCreate(), FirstEngine.TakeOrCreate());
    }

    [Fact]
    public void A_text_that_cannot_be_read_is_the_callers_trouble_later()
    {
        FirstEngine.BeginFor(() => throw new IOException("gone"));

        Assert.NotNull(FirstEngine.TakeOrCreate());
    }
}
