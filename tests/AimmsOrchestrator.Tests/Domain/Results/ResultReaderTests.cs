using System.Text;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;
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

    [Theory]
    [InlineData("{ label: response.label }", 1, false)]
    [InlineData("{ twice: 2 * response.label }", 1, true)]
    [InlineData("{ label: response.label }", AnswerBudget.Small, true)]
    public void Only_what_may_end_the_process_is_marked(string results, int padding, bool isMarked)
    {
        var scenario = Given.Sketch(
            $$$"""
            sweep: { matrix: { x: [1] } }
            request: { json: { x: "${{ x }}" } }
            results: {{{results}}}
            """
        );
        var marks = new CountedMarks();
        var body = Encoding.UTF8.GetBytes($$"""{"label":7,"other":"{{new string('x', padding)}}"}""");

        new MarkedResultReader(scenario.Plan.Results, marks).Read(
            scenario.Plan.Runs.From(0).First(),
            new TaskSnapshot(new TaskId("7"), TaskState.Completed),
            new TaskResponse(body, "application/json")
        );

        Assert.Equal(isMarked ? 1 : 0, marks.Begun);
        Assert.Equal(marks.Begun, marks.Completed);
    }

    public void Dispose()
    {
        _marks.Dispose();
        _folder.Dispose();
    }

    private sealed class CountedMarks : IEvaluationMarks
    {
        public int Begun { get; private set; }

        public int Completed { get; private set; }

        public bool TryBegin(long run) => ++Begun > 0;

        public void Complete(long run) => Completed++;

        public void Dispose() { }
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
