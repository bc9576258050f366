using System.Text;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>What is removed, and what stays.</summary>
public abstract class UpkeepSuite(IWorkspaceAdapter adapter) : JournalSuite(adapter)
{
    private readonly IWorkspaceAdapter _adapter = adapter;

    private IWorkspace Workspace { get; } = adapter.Workspace;

    private IJournalReader Reader { get; } = adapter.Reader;

    [SuiteFact]
    public async Task A_removed_batch_is_gone_and_neither_its_number_nor_its_tasks_come_back()
    {
        var first = await OpenAsync();
        await CompleteAsync(first, 0, "the response");
        await CompleteAsync(first, 12_000, "another one");
        using var upkeep = Workspace.OpenUpkeep();

        upkeep.Remove(first.Number, At.AddHours(1));
        Assert.Null(Reader.Find("a-1"));
        Assert.True(upkeep.RemoveRest());
        Assert.False(upkeep.RemoveRest());
        Assert.Equal(2, upkeep.RemoveUnreferenced());
        upkeep.RemoveFiles();
        upkeep.Compact();

        Assert.Null(Reader.Find("a-1"));
        Assert.Empty(Reader.Runs(first.Number));
        Assert.Empty(Reader.Sizes());
        var second = await OpenAsync();
        Assert.Equal("a-2", second.Id.Value);
        Assert.True(second.Number > first.Number);
        using var tasks = Workspace.OpenTaskIndex(second.Number);
        Assert.True(tasks.Knows(Task));
    }

    [SuiteTheory]
    [InlineData("runs")]
    [InlineData("steps")]
    public async Task A_removal_that_stops_half_way_leaves_no_run_without_its_events_and_is_repeated(string kept)
    {
        var batch = await OpenAsync();
        await CompleteAsync(batch, 3, "the response");
        using var upkeep = Workspace.OpenUpkeep();
        using var cache = Workspace.OpenResultCache(99, isFresh: false);
        var (key, extraction) = (FakeRuns.Run(3).Key!.Value, new ExtractionKey(new byte[32]));
        upkeep.Remove(batch.Number, At.AddHours(1));

        _adapter.WithKeptRows(kept, () => Assert.Throws<JournalException>(() => upkeep.RemoveRest()));

        Assert.Null(cache.Find(key, extraction));
        Assert.False(cache.Contains(key, extraction));
        Assert.True(upkeep.RemoveRest());
        Assert.False(upkeep.RemoveRest());
        Assert.Empty(Reader.Runs(batch.Number));
        Assert.Empty(Reader.Events(batch.Number, 3));
        Assert.Null(cache.Find(key, extraction));
    }

    [SuiteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_whose_events_an_older_version_removed_alone_answers_nothing_and_is_removed(bool isForgotten)
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 3, "the response");
        await CompleteAsync(second, 3, "the response");
        await CompleteAsync(second, 4, "another one");
        using var upkeep = Workspace.OpenUpkeep();
        using var cache = Workspace.OpenResultCache(99, isFresh: false);
        var extraction = new ExtractionKey(new byte[32]);
        upkeep.Remove(second.Number, At.AddHours(1));
        _adapter.Execute($"DELETE FROM steps WHERE batch = {second.Number}");
        if (isForgotten)
        {
            _adapter.Execute($"DELETE FROM sizes WHERE batch = {second.Number}");
        }

        var found = cache.Find(FakeRuns.Run(3).Key!.Value, extraction);

        Assert.Equal(new RunReference(first.Number, 3), Assert.IsType<CachedOutcome.WithResponse>(found).Source);
        Assert.Null(cache.Find(FakeRuns.Run(4).Key!.Value, extraction));
        Assert.False(cache.Contains(FakeRuns.Run(4).Key!.Value, extraction));
        Assert.True(upkeep.RemoveRest());
        Assert.False(upkeep.RemoveRest());
        Assert.Empty(Reader.Runs(second.Number));
        Assert.Single(Reader.Runs(first.Number));
    }

    [SuiteFact]
    public async Task Without_its_response_a_run_answers_by_its_results_and_a_response_that_another_run_has_stays()
    {
        var first = await OpenAsync();
        var results = new RunResults("""{"cost":1}""", Notes: null, IsSuccess: true);
        var response = new TaskResponse(Encoding.UTF8.GetBytes("{}"), "application/json");
        await CompleteAsync(first, 0, new RunCompleted(response, results, At.AddSeconds(5)));
        await CompleteAsync(first, 9999, new RunCompleted(response, results, At.AddSeconds(5)));
        var second = await OpenAsync();
        await AppendAsync(second, 0, new RunReused(new RunReference(first.Number, 0), Ended, results, At));
        var extraction = new ExtractionKey(new byte[32]);
        using var upkeep = Workspace.OpenUpkeep();

        var freed = upkeep.RemoveResponses(
            first.Number,
            [(FakeRuns.Run(0).Name, 0, extraction), (FakeRuns.Run(9999).Name, 9999, extraction)]
        );

        Assert.Equal(new FreedResponses(2, 2, 2), freed);
        Assert.Equal(1, upkeep.RemoveUnreferenced());
        Assert.False(Reader.CopyResponse(first.Number, 0, Stream.Null));
        Assert.True(Reader.CopyResponse(second.Number, 0, Stream.Null));
        using var cache = Workspace.OpenResultCache(99, isFresh: false);
        var found = cache.Find(FakeRuns.Run(9999).Key!.Value, extraction);
        Assert.Equal(results, Assert.IsType<CachedOutcome.ResultsOnly>(found).Results);
        Assert.Equal(extraction, Assert.IsType<RunCompleted>(Reader.Events(first.Number, 9999)[^1]).Extraction);
    }

    [SuiteFact]
    public async Task Answers_that_only_removed_batches_have_are_counted()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 0, "x");
        await CompleteAsync(first, 1, "y");
        await CompleteAsync(second, 1, "y");
        using var upkeep = Workspace.OpenUpkeep();

        Assert.Equal(1, upkeep.LostAnswers([first.Number]));
        Assert.Equal(2, upkeep.LostAnswers([first.Number, second.Number]));
    }
}
