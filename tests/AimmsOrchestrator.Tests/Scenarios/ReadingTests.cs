using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Tests.Scenarios;

/// <summary>When two runs take the same figures from one answer.</summary>
public sealed class ReadingTests
{
    private const string Cost = "results: { cost: response.objective }";

    [Theory]
    [InlineData(Cost, Cost, true)]
    [InlineData(Cost, "results: { cost: response.cost }", false)]
    [InlineData(Cost, "results: { price: response.objective }", false)]
    [InlineData(Cost, Cost + "\nsuccess: response.objective > 0", false)]
    [InlineData(Cost, "", false)]
    [InlineData("", "results: {}", false)]
    [InlineData("results: { a: response.bc }", "results: { ab: response.c }", false)]
    public void Another_expression_is_another_reading(string before, string after, bool isSame) =>
        Assert.Equal(isSame, Readings(before)[0] == Readings(after)[0]);

    [Fact]
    public void Only_the_parameters_that_expressions_look_at_count()
    {
        Assert.Single(Readings(Cost).Distinct());
        var byX = Readings("results: { each: response.objective / x }");

        // The order is x=1 y=1, x=1 y=2, x=2 y=1, x=2 y=2.
        Assert.Equal([byX[0], byX[0], byX[2], byX[2]], byX);
        Assert.NotEqual(byX[0], byX[2]);
        Assert.Equal(2, Readings(Cost + "\nsuccess: response.objective > y").Distinct().Count());
        Assert.Equal(4, Readings("results: { n: run.index }").Distinct().Count());
        Assert.Equal(4, Readings("results: { n: run.index + 1 }").Distinct().Count());
    }

    [Fact]
    public void Values_that_change_their_places_are_another_reading()
    {
        const string Difference = "results: { d: response.z + a - b }";

        Assert.NotEqual(Readings(Difference, "{ a: [1], b: [2] }"), Readings(Difference, "{ b: [1], a: [2] }"));
        Assert.Equal(Readings(Difference, "{ a: [1], b: [2] }"), Readings(Difference, "{ b: [2], a: [1] }"));
    }

    private static List<ExtractionKey> Readings(string figures, string matrix = "{ x: [1, 2], y: [1, 2] }")
    {
        var scenario = Given.Sketch($"sweep: {{ matrix: {matrix} }}\nrequest: {{ json: 1 }}\n{figures}");
        return [.. scenario.Runs().Select(scenario.Plan.Results.ExtractionKeyOf)];
    }
}
