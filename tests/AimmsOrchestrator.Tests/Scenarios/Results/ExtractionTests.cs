using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Tests.Scenarios.Results;

/// <summary>When two runs extract the same results from one response.</summary>
public sealed class ExtractionTests
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
    public void Another_expression_gives_another_extraction_key(string before, string after, bool isSame) =>
        Assert.Equal(isSame, Keys(before)[0] == Keys(after)[0]);

    [Fact]
    public void Only_the_parameters_that_expressions_use_count()
    {
        Assert.Single(Keys(Cost).Distinct());
        var byX = Keys("results: { each: response.objective / x }");

        // The order is x=1 y=1, x=1 y=2, x=2 y=1, x=2 y=2.
        Assert.Equal([byX[0], byX[0], byX[2], byX[2]], byX);
        Assert.NotEqual(byX[0], byX[2]);
        Assert.Equal(2, Keys(Cost + "\nsuccess: response.objective > y").Distinct().Count());
        Assert.Equal(4, Keys("results: { n: run.index }").Distinct().Count());
        Assert.Equal(4, Keys("results: { n: run.index + 1 }").Distinct().Count());
    }

    [Fact]
    public void Values_that_swap_their_parameters_give_another_extraction_key()
    {
        const string Difference = "results: { d: response.z + a - b }";

        Assert.NotEqual(Keys(Difference, "{ a: [1], b: [2] }"), Keys(Difference, "{ b: [1], a: [2] }"));
        Assert.Equal(Keys(Difference, "{ a: [1], b: [2] }"), Keys(Difference, "{ b: [2], a: [1] }"));
    }

    private static List<ExtractionKey> Keys(string results, string matrix = "{ x: [1, 2], y: [1, 2] }")
    {
        var scenario = Given.Sketch($"sweep: {{ matrix: {matrix} }}\nrequest: {{ json: 1 }}\n{results}");
        return [.. scenario.Runs().Select(scenario.Plan.Results.ExtractionKeyOf)];
    }
}
