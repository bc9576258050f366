using AimmsOrchestrator.Domain.Expectations;
using ScenarioGiven = AimmsOrchestrator.Tests.Scenarios.Given;

namespace AimmsOrchestrator.Tests.Domain.Expectations;

public sealed class BoundedTests() : ExpectationSuite(Written.Rule("bounded: { result: cost, to: 20 }"));

public sealed class MonotoneTests()
    : ExpectationSuite(Written.Rule("monotone: { result: cost, in: x, direction: down }"));

public sealed class EqualToBaselineTests() : ExpectationSuite(Written.Rule("equal: { result: cost }"));

public sealed class ExpressionExpectationTests() : ExpectationSuite(Written.Rule("that: cost < 20"));

/// <summary>Rules as a scenario writes them.</summary>
internal static class Written
{
    public static IExpectation Rule(string rule) =>
        Assert.Single(
            ScenarioGiven
                .Sketch(
                    $$$"""
                    sweep: { matrix: { x: [1, 2, 3] } }
                    request: { json: { x: "${{ x }}" } }
                    results: { cost: response.cost }
                    report: { baseline: { x: 1 } }
                    expect: [{ {{{rule}}} }]
                    """
                )
                .Expectations
        );
}
