using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Which results of earlier runs are found again.</summary>
public abstract class ResultCacheSuite(IJournalAdapter adapter) : JournalSuite(adapter)
{
    private static readonly ExtractionKey OneWay = new(FakeRuns.Key(1).Hex);
    private static readonly ExtractionKey AnotherWay = new(FakeRuns.Key(2).Hex);
    private readonly IJournalAdapter _adapter = adapter;

    [Fact]
    public async Task A_key_finds_its_latest_response_with_the_task()
    {
        var (first, second) = (Open(), Open());
        await CompleteAsync(first, 3, "one");
        using var cache = _adapter.OpenResultCache(second.Number, isFresh: false);
        var found = Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), OneWay));
        Assert.Equal(new RunReference(first.Number, 3), found.Source);
        Assert.Equal(Ended, found.Task);
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
        Assert.True(cache.Contains(FakeRuns.Key(3), OneWay));
        Assert.Null(cache.Find(FakeRuns.Key(4), OneWay));

        await CompleteAsync(second, 3, "two");
        Assert.Equal(
            new RunReference(second.Number, 3),
            Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), OneWay)).Source
        );
    }

    [Fact]
    public async Task A_fresh_batch_finds_its_own_results_only()
    {
        await CompleteAsync(Open(), 3, "one");
        var fresh = Open();
        using var cache = _adapter.OpenResultCache(fresh.Number, isFresh: true);

        Assert.Null(cache.Find(FakeRuns.Key(3), OneWay));
        await CompleteAsync(fresh, 3, "two");
        Assert.NotNull(cache.Find(FakeRuns.Key(3), OneWay));
    }

    [Fact]
    public async Task A_failure_is_found_within_its_own_batch_only()
    {
        var batch = Open();
        var error = new RunError(RunErrorKind.TaskFailed, "infeasible input");
        await AppendAsync(batch, 5, new RunFailed(error, At));
        using var own = _adapter.OpenResultCache(batch.Number, isFresh: false);
        using var other = _adapter.OpenResultCache(batch.Number + 1, isFresh: false);

        Assert.Equal(
            new CachedOutcome.Failed(new RunReference(batch.Number, 5), error),
            own.Find(FakeRuns.Key(5), OneWay)
        );
        Assert.False(own.Contains(FakeRuns.Key(5), OneWay));
        Assert.Null(other.Find(FakeRuns.Key(5), OneWay));
    }

    [Fact]
    public async Task A_failed_run_that_is_pending_again_is_no_end()
    {
        var batch = Open();
        await AppendAsync(
            batch,
            5,
            new RunFailed(new RunError(RunErrorKind.TaskFailed, "infeasible"), At),
            new RunReopened(At)
        );
        using var cache = _adapter.OpenResultCache(batch.Number, isFresh: false);

        Assert.Null(cache.Find(FakeRuns.Key(5), OneWay));
    }

    [Fact]
    public async Task A_run_that_copied_a_response_can_be_copied_itself()
    {
        var (first, second) = (Open(), Open());
        await CompleteAsync(first, 3, "one");
        var results = new RunResults("""{"n":1}""", Notes: null, IsSuccess: true);
        await AppendAsync(second, 3, new RunReused(new RunReference(first.Number, 3), Ended, results, At));

        using var cache = _adapter.OpenResultCache(second.Number + 1, isFresh: false);
        var found = Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), OneWay));
        Assert.Equal((second.Number, Ended), (found.Source.Batch, found.Task));
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
    }

    [Fact]
    public async Task Results_without_their_response_are_found_by_the_same_extraction()
    {
        var (first, second) = (Open(), Open());
        var results = new RunResults("""{"cost":1.0}""", "note", IsSuccess: true);
        await CompleteAsync(first, 3, new RunCompleted(Response: null, results, At.AddSeconds(5)) { Reading = OneWay });
        using var cache = _adapter.OpenResultCache(second.Number, isFresh: false);

        Assert.False(cache.Contains(FakeRuns.Key(3), AnotherWay));
        Assert.Null(cache.Find(FakeRuns.Key(3), AnotherWay));
        Assert.True(cache.Contains(FakeRuns.Key(3), OneWay));
        Assert.Equal(
            new CachedOutcome.ResultsOnly(new RunReference(first.Number, 3), Ended, results, OneWay),
            cache.Find(FakeRuns.Key(3), OneWay)
        );

        // A run that copied them can be copied itself, and brings no response either.
        var reused = new RunReused(new RunReference(first.Number, 3), Ended, results, At) { Reading = OneWay };
        await AppendAsync(second, 3, reused);
        Assert.Equal(
            second.Number,
            Assert.IsType<CachedOutcome.ResultsOnly>(cache.Find(FakeRuns.Key(3), OneWay)).Source.Batch
        );

        // A whole response serves every extraction, and comes first.
        var third = Open();
        await CompleteAsync(third, 3, "whole");
        await CompleteAsync(Open(), 3, new RunCompleted(Response: null, results, At) { Reading = OneWay });
        Assert.Equal(
            third.Number,
            Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), OneWay)).Source.Batch
        );
        await CompleteAsync(first, 4, "whole");
        Assert.True(cache.Contains(FakeRuns.Key(4), AnotherWay));
    }
}
