using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Tests.Domain.Policies.Suites;
using ScenarioGiven = AimmsOrchestrator.Tests.Scenarios.Given;

namespace AimmsOrchestrator.Tests.Domain.Policies;

public sealed class FakeStopRuleTests() : StopRuleSuite(() => new EnoughAt(3));

public sealed class StopWhenTests() : StopRuleSuite(() => ScenarioGiven.Sketch(ScenarioPolicies.Yaml).Plan.StopWhen!());

public sealed class FakeRetryConditionTests() : RetryConditionSuite(new FakeRetryCondition());

public sealed class RetryIfTests()
    : RetryConditionSuite(ScenarioPolicies.Condition("http == 503 || response.error == 'busy'"));

public sealed class FailingRetryIfTests()
    : RetryConditionSuite(ScenarioPolicies.Condition("task.returnCode.of.nothing > 1"));

/// <summary>The policies that a scenario writes.</summary>
internal static class ScenarioPolicies
{
    public const string Yaml = """
        sweep: { matrix: { x: [1, 2, 3, 4] } }
        request: { json: { x: "${{ x }}" } }
        stop: { when: completed + failed >= 3 }
        """;

    public static IRetryCondition Condition(string expression) =>
        ScenarioGiven
            .Sketch(
                $$$"""
                sweep: { matrix: { x: [1] } }
                request: { json: { x: "${{ x }}" } }
                retry: { if: "{{{expression}}}" }
                """
            )
            .Plan.Retry.Condition!;
}
