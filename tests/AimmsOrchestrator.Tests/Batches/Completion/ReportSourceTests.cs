using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Expectations;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Reports.Comparison;
using AimmsOrchestrator.Scenarios;
using AimmsOrchestrator.Scenarios.Loading;

namespace AimmsOrchestrator.Tests.Batches.Completion;

/// <summary>One batch.</summary>
public sealed class ReportSourceTests : ReportSourceSuite
{
    protected override int Expected => Runs;

    protected override IReportSource Open(BatchRecord batch) =>
        new ReportSource(Room.Workspace.OpenReader(), batch, _ => { });
}

/// <summary>A batch beside another one, which has two runs.</summary>
public sealed class CombinedReportSourceTests : ReportSourceSuite
{
    protected override int Expected => Runs + 2;

    [Fact]
    public async Task A_derived_parameter_whose_formula_changed_makes_no_run_another_one()
    {
        await RunAsync("n * 2");
        await RunAsync("n * 3");
        using var reader = Room.Workspace.OpenReader();
        BatchRecord[] batches = [reader.Find("short-1")!, reader.Find("short-2")!];

        var source = new CombinedReportSource(reader, batches, Tolerance.Default, _ => { });

        Assert.Equal("short-2 against short-1: all 2 runs have the same results.", source.Statistics.Findings[0].Text);
        Assert.All(
            new BatchComparison(batches[0], batches[1]).Runs(reader, reader),
            run => Assert.Equal(RunChange.Same, run.Change)
        );
    }

    protected override IReportSource Open(BatchRecord batch)
    {
        var reader = Room.Workspace.OpenReader();
        return new CombinedReportSource(reader, [reader.Find("short-1")!, batch], Tolerance.Default, _ => { });
    }

    /// <summary>Executes two runs with one parameter that is derived.</summary>
    private async Task RunAsync(string formula)
    {
        await File.WriteAllTextAsync(
            Room.ScenarioFile,
            $$$"""
            name: short
            service: { url: "http://localhost:1", name: echo }
            sweep: { matrix: { n: [1, 2] }, let: { m: {{{formula}}} } }
            request: { json: { n: "${{ n }}", m: "${{ m }}" } }
            results: { objective: response.objective }
            limits: { concurrency: 1 }
            poll: { every: 10ms }
            """
        );
        var scenario = new ScenarioLoader(_ => null).Load(Room.ScenarioFile, ScenarioOverrides.None).Scenario!;
        await Room.ExecuteAsync(runner => runner.OpenAsync(scenario, TestRoom.Run));
    }
}
