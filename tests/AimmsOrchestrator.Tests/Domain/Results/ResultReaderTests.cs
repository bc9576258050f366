using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Tests.Scenarios;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.Results;

public sealed class FakeResultsTests() : ResultReaderSuite(new FakeResults(), Extracting.Run);

public sealed class LabelReaderTests() : ResultReaderSuite(EmulatedBatch.Labels, Extracting.Run);

public sealed class ScenarioResultsTests() : ResultReaderSuite(Extracting.Named.Plan.Results, Extracting.Run);

public sealed class WholeResponseTests() : ResultReaderSuite(Extracting.Whole.Plan.Results, Extracting.Run);

public sealed class MarkedResultsTests : ResultReaderSuite, IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IEvaluationMarks _marks;

    public MarkedResultsTests()
        : this(new TemporaryFolder()) { }

    private MarkedResultsTests(TemporaryFolder folder)
        : this(folder, EvaluationMarks.Open(folder.Path, new BatchId("a-1"))) { }

    private MarkedResultsTests(TemporaryFolder folder, IEvaluationMarks marks)
        : base(new MarkedResultReader(Extracting.Named.Plan.Results, marks), Extracting.Run) =>
        (_folder, _marks) = (folder, marks);

    public void Dispose()
    {
        _marks.Dispose();
        _folder.Dispose();
    }
}

/// <summary>Scenarios whose results are extracted.</summary>
internal static class Extracting
{
    public static Scenario Named { get; } =
        Given.Sketch(
            """
            sweep: { matrix: { x: [1, 2] } }
            request: { json: { x: "${{ x }}" } }
            results: { label: response.label, twice: 2 * response.label.of }
            success: response.label > 0
            """
        );

    public static Scenario Whole { get; } =
        Given.Sketch(
            """
            sweep: { matrix: { x: [1] } }
            request: { json: { x: "${{ x }}" } }
            """
        );

    public static PlannedRun Run => Named.Plan.Runs.From(0).First();
}
