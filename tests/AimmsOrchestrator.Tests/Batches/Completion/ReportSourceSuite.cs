using System.Text.Json;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Findings;

namespace AimmsOrchestrator.Tests.Batches.Completion;

/// <summary>What a report of any format may expect of that from which it is written, of one batch or of several.</summary>
public abstract class ReportSourceSuite : IDisposable
{
    /// <summary>How many runs the batch has of which some have completed.</summary>
    protected const int Runs = 100;

    private protected TestRoom Room { get; } = new();

    [Fact]
    public async Task Each_walk_has_every_run_once_in_order_and_those_that_have_not_begun()
    {
        var source = Open(await PartlyRunAsync());

        var runs = source.Runs().ToList();

        Assert.Equal(Enumerable.Range(0, Expected).Select(i => (long)i), runs.Select(run => run.Index));
        Assert.Equal(runs.Count, runs.DistinctBy(run => run.Name).Count());
        Assert.Contains(runs, run => run.State == RunState.Pending);
        Assert.Contains(runs, run => run.State == RunState.Completed);
        Assert.Equal(
            runs.Select(run => (run.Name, run.ParametersJson, run.State)),
            source.Runs().Select(run => (run.Name, run.ParametersJson, run.State))
        );
    }

    [Fact]
    public async Task Its_columns_are_the_parameters_and_results_of_its_runs()
    {
        var source = Open(await PartlyRunAsync());

        var runs = source.Runs().ToList();

        Assert.All(runs, run => Assert.Equal(source.Columns.Parameters, Members(run.ParametersJson)));
        Assert.All(
            runs.Where(run => run.State == RunState.Completed),
            run => Assert.Equal(source.Columns.Results, Members(run.ResultsJson!))
        );
    }

    [Fact]
    public async Task Its_statistics_are_those_of_a_report_for_people_asked_for_alone_or_after_it()
    {
        var batch = await PartlyRunAsync();
        var (source, other) = (Open(batch), Open(batch));

        var alone = source.Statistics;
        var contents = other.Contents;

        Assert.Equal(Texts(contents.Findings), Texts(alone.Findings));
        Assert.Equal(Texts(contents.Findings), Texts(other.Statistics.Findings));
        Assert.Equal(
            contents.Summaries.Select(summary => (summary.Result, summary.Count)),
            alone.Summaries.Select(summary => (summary.Result, summary.Count))
        );
        Assert.Equal(source.Title, contents.Title);
    }

    [Fact]
    public async Task A_report_for_people_counts_every_run()
    {
        var source = Open(await PartlyRunAsync());

        Assert.Equal(Expected, source.Contents.Runs.Total);
        Assert.Null(source.Pause);
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing) => Room.Dispose();

    /// <summary>How many runs the source has.</summary>
    protected abstract int Expected { get; }

    /// <summary>A source of a batch, or of more beside it.</summary>
    protected abstract IReportSource Open(BatchRecord batch);

    /// <summary>A batch of which some runs have completed and others have not begun.</summary>
    private async Task<BatchRecord> PartlyRunAsync()
    {
        await Room.ExecuteAsync(runner => runner.OpenAsync(Room.Scenario("-1, -2"), TestRoom.Run));
        // However late the interruption comes.
        Room.Service.DurationOf = task => TimeSpan.FromHours(task > Runs / 2 ? 1 : 0);
        using var interruption = new CancellationTokenSource();
        var observer = new Observer(progress =>
        {
            if (progress.CountByState.Completed > 0)
            {
                interruption.Cancel();
            }
        });
        var scenario = Room.Scenario(string.Join(", ", Enumerable.Range(1, Runs)));
        return (
            await Room.ExecuteAsync(runner => runner.OpenAsync(scenario, TestRoom.Run), observer, interruption.Token)
        ).Batch;
    }

    private static IEnumerable<string> Texts(IEnumerable<Finding> findings) => findings.Select(finding => finding.Text);

    private static IEnumerable<string> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(member => member.Name)];
    }
}
