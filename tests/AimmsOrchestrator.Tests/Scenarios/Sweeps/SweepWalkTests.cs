using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Scenarios.Sweeps;

public sealed class SweepWalkTests
{
    [Theory]
    [InlineData("when: a > 199999", new[] { 65_536L, 131_072L, 196_608L })]
    [InlineData("when: a > 199999, limit: 1", new[] { 65_536L, 131_072L, 196_608L })]
    [InlineData("when: a > 1", new long[0])]
    public void A_search_through_dropped_points_says_how_far_it_is(string rule, long[] expected)
    {
        var heard = new List<SweepWalk>();
        var result = new ScenarioLoader(_ => null, heard.Add).LoadStored(
            "s.yaml",
            $$$"""
            name: s
            service: { url: emulator, name: echo }
            sweep: { matrix: { a: { from: 1, to: 200000, step: 1 } }, {{{rule}}} }
            request: { json: { a: "${{a}}" } }
            """,
            new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal),
            ScenarioOverrides.None
        );

        Assert.True(result.IsSound);
        Assert.Equal(expected, heard.Select(walk => walk.Passed).Distinct());
        Assert.All(heard, walk => Assert.Equal(200_000, walk.Size));
    }
}
