using AimmsOrchestrator.Tests.Scenarios;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.Planning;

public sealed class FakeRunsTests() : RunSourceSuite(new FakeRuns(10));

public sealed class ScenarioRunsTests()
    : RunSourceSuite(
        Given
            .Sketch(
                """
                sweep: { matrix: { i: { from: 1, to: 20, step: 1 } }, when: i % 2 === 0 }
                request: { json: { i: "${{ i }}" } }
                """
            )
            .Plan.Runs
    );
