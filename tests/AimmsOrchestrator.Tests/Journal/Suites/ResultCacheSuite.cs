using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>Which results of earlier runs are found again.</summary>
public abstract class ResultCacheSuite(IJournalAdapter adapter) : JournalSuite(adapter)
{
    private static readonly ExtractionKey OneWay = new(FakeRuns.Key(1).Hex);
    private static readonly ExtractionKey AnotherWay = new(FakeRuns.Key(2).Hex);
    private readonly IJournalAdapter _adapter = adapter;

    [SuiteFact]
    public async Task A_key_finds_its_latest_response_with_the_task()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
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

    [SuiteFact]
    public async Task A_fresh_batch_finds_its_own_results_only()
    {
        await CompleteAsync(await OpenAsync(), 3, "one");
        var fresh = await OpenAsync();
        using var cache = _adapter.OpenResultCache(fresh.Number, isFresh: true);

        Assert.Null(cache.Find(FakeRuns.Key(3), OneWay));
        await CompleteAsync(fresh, 3, "two");
        Assert.NotNull(cache.Find(FakeRuns.Key(3), OneWay));
    }

    [SuiteFact]
    public async Task A_failure_is_found_within_its_own_batch_only()
    {
        var batch = await OpenAsync();
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

    [SuiteFact]
    public async Task A_failed_run_that_is_pending_again_is_no_end()
    {
        var batch = await OpenAsync();
        await AppendAsync(
            batch,
            5,
            new RunFailed(new RunError(RunErrorKind.TaskFailed, "infeasible"), At),
            new RunReopened(At)
        );
        using var cache = _adapter.OpenResultCache(batch.Number, isFresh: false);

        Assert.Null(cache.Find(FakeRuns.Key(5), OneWay));
    }

    [SuiteFact]
    public async Task A_run_that_copied_a_response_can_be_copied_itself()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await CompleteAsync(first, 3, "one");
        var results = new RunResults("""{"n":1}""", Notes: null, IsSuccess: true);
        await AppendAsync(second, 3, new RunReused(new RunReference(first.Number, 3), Ended, results, At));

        using var cache = _adapter.OpenResultCache(second.Number + 1, isFresh: false);
        var found = Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), OneWay));
        Assert.Equal((second.Number, Ended), (found.Source.Batch, found.Task));
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
    }

    [SuiteFact]
    public async Task Results_without_their_response_are_found_by_the_same_extraction()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        var results = new RunResults("""{"cost":1.0}""", "note", IsSuccess: true);
        await CompleteAsync(
            first,
            3,
            new RunCompleted(Response: null, results, At.AddSeconds(5)) { Extraction = OneWay }
        );
        using var cache = _adapter.OpenResultCache(second.Number, isFresh: false);

        Assert.False(cache.Contains(FakeRuns.Key(3), AnotherWay));
        Assert.Null(cache.Find(FakeRuns.Key(3), AnotherWay));
        Assert.True(cache.Contains(FakeRuns.Key(3), OneWay));
        Assert.Equal(
            new CachedOutcome.ResultsOnly(new RunReference(first.Number, 3), Ended, results, OneWay),
            cache.Find(FakeRuns.Key(3), OneWay)
        );

        // A run that copied them can be copied itself, and brings no response either.
        var reused = new RunReused(new RunReference(first.Number, 3), Ended, results, At) { Extraction = OneWay };
        await AppendAsync(second, 3, reused);
        Assert.Equal(
            second.Number,
            Assert.IsType<CachedOutcome.ResultsOnly>(cache.Find(FakeRuns.Key(3), OneWay)).Source.Batch
        );

        // A whole response serves every extraction, and comes first.
        var third = await OpenAsync();
        await CompleteAsync(third, 3, "whole");
        await CompleteAsync(
            await OpenAsync(),
            3,
            new RunCompleted(Response: null, results, At) { Extraction = OneWay }
        );
        Assert.Equal(
            third.Number,
            Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), OneWay)).Source.Batch
        );
        await CompleteAsync(first, 4, "whole");
        Assert.True(cache.Contains(FakeRuns.Key(4), AnotherWay));
    }

    [SuiteFact]
    public async Task A_run_that_completed_without_a_response_answers_nothing()
    {
        var batch = await OpenAsync();
        await CompleteAsync(
            batch,
            3,
            new RunCompleted(Response: null, new RunResults("{}", null, IsSuccess: true), At)
        );
        using var cache = _adapter.OpenResultCache(batch.Number, isFresh: false);

        Assert.False(cache.Contains(FakeRuns.Key(3), OneWay));
        Assert.Null(cache.Find(FakeRuns.Key(3), OneWay));
    }

    [SuiteFact]
    public async Task A_run_that_is_no_success_is_an_answer_with_its_response()
    {
        var first = await OpenAsync();
        await FailAsync(first, 3, NotSuccess with { Response = Document });
        var second = await OpenAsync();
        using var cache = _adapter.OpenResultCache(second.Number, isFresh: false);

        Assert.True(cache.Contains(FakeRuns.Key(3), AnotherWay));
        var found = Assert.IsType<CachedOutcome.WithResponse>(cache.Find(FakeRuns.Key(3), AnotherWay));
        Assert.Equal((new RunReference(first.Number, 3), Ended), (found.Source, found.Task));
        Assert.Equal("infeasible", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));

        // A copy of it can be copied itself, and its response is the same bytes.
        var copied = NotSuccess with
        {
            Source = found.Source,
            Task = Ended,
            Response = found.Response,
        };
        await AppendAsync(second, 3, copied);
        using var later = _adapter.OpenResultCache(second.Number + 1, isFresh: false);
        var again = Assert.IsType<CachedOutcome.WithResponse>(later.Find(FakeRuns.Key(3), OneWay));
        Assert.Equal((second.Number, Ended), (again.Source.Batch, again.Task));
        Assert.Equal("infeasible", System.Text.Encoding.UTF8.GetString(again.Response!.Body.Span));
    }

    [SuiteFact]
    public async Task A_run_that_is_no_success_and_whose_response_is_not_kept_answers_the_same_extraction()
    {
        var batch = await OpenAsync();
        var results = new RunResults("""{"cost":null}""", "note", IsSuccess: false);
        await FailAsync(batch, 3, NotSuccess with { Results = results, Extraction = OneWay });
        using var cache = _adapter.OpenResultCache(batch.Number + 1, isFresh: false);

        Assert.Equal(
            new CachedOutcome.ResultsOnly(new RunReference(batch.Number, 3), Ended, results, OneWay),
            cache.Find(FakeRuns.Key(3), OneWay)
        );
        Assert.Null(cache.Find(FakeRuns.Key(3), AnotherWay));

        // Within its batch too: another extraction may be a success.
        using var own = _adapter.OpenResultCache(batch.Number, isFresh: false);
        Assert.Null(own.Find(FakeRuns.Key(3), AnotherWay));
    }

    [SuiteFact]
    public async Task A_run_that_is_no_success_and_has_nothing_to_take_from_answers_its_own_batch_only()
    {
        var batch = await OpenAsync();
        await FailAsync(batch, 3, NotSuccess);
        using var own = _adapter.OpenResultCache(batch.Number, isFresh: false);
        using var other = _adapter.OpenResultCache(batch.Number + 1, isFresh: false);

        Assert.IsType<CachedOutcome.Failed>(own.Find(FakeRuns.Key(3), OneWay));
        Assert.Null(other.Find(FakeRuns.Key(3), OneWay));
    }

    [SuiteFact]
    public async Task A_question_that_is_asked_again_takes_no_answer_from_before_that_is_no_success()
    {
        var batch = await OpenAsync();
        await FailAsync(batch, 3, NotSuccess with { Response = Document });
        using var cache = _adapter.OpenResultCache(batch.Number, isFresh: false);

        Assert.Null(cache.Find(FakeRuns.Key(3), OneWay, NotSuccess.At.AddSeconds(1)));
        Assert.NotNull(cache.Find(FakeRuns.Key(3), OneWay, NotSuccess.At));
        await CompleteAsync(batch, 4, "one");
        Assert.NotNull(cache.Find(FakeRuns.Key(4), OneWay, At.AddDays(1)));
    }

    [SuiteTheory]
    [InlineData(2.0, 2.0, true)]
    [InlineData(2.0, 1.5, true)]
    [InlineData(2.0, 2.1, false)]
    [InlineData(2.0, null, false)]
    [InlineData(null, 1.0, false)]
    public async Task An_incumbent_answers_where_the_limit_is_no_longer_than_the_one_that_cut_it(
        double? cut,
        double? limit,
        bool counts
    )
    {
        foreach (var isSuccess in new[] { true, false })
        {
            var first = await OpenAsync();
            await CutAsync(first, 3, Span(cut), isSuccess);
            using var cache = _adapter.OpenResultCache(first.Number + 1, isFresh: true, Span(limit));
            using var all = _adapter.OpenResultCache(first.Number + 1, isFresh: false, Span(limit));

            Assert.Null(cache.FindRefused(FakeRuns.Key(3), OneWay));
            Assert.Equal(counts, all.Contains(FakeRuns.Key(3), OneWay));
            Assert.Equal(counts ? null : new RefusedIncumbent(Span(cut)), all.FindRefused(FakeRuns.Key(3), OneWay));
            var found = all.Find(FakeRuns.Key(3), OneWay);
            Assert.Equal(counts ? (true, Span(cut)) : null, Mark(found));
        }
    }

    [SuiteFact]
    public async Task An_incumbent_answers_its_own_batch_and_an_answer_that_was_not_cut_comes_instead_of_it()
    {
        var first = await OpenAsync();
        await CutAsync(first, 3, TimeSpan.FromSeconds(2), isSuccess: true);
        using var own = _adapter.OpenResultCache(first.Number, isFresh: false);
        Assert.Equal((true, TimeSpan.FromSeconds(2)), Mark(own.Find(FakeRuns.Key(3), OneWay)));
        Assert.Null(own.FindRefused(FakeRuns.Key(3), OneWay));

        // A copy keeps the mark, and is refused in its turn.
        var second = await OpenAsync();
        var source = new RunReference(first.Number, 3);
        var copy = new RunReused(source, Ended, RunResults.None, At)
        {
            IsIncumbent = true,
            CutAfter = TimeSpan.FromSeconds(2),
        };
        await AppendAsync(second, 3, copy);
        using var later = _adapter.OpenResultCache(second.Number + 1, isFresh: false, TimeSpan.FromSeconds(9));
        Assert.Null(later.Find(FakeRuns.Key(3), OneWay));
        Assert.Equal(new RefusedIncumbent(TimeSpan.FromSeconds(2)), later.FindRefused(FakeRuns.Key(3), OneWay));

        await CompleteAsync(first, 5, "whole");
        Assert.Equal((false, null), Mark(later.Find(FakeRuns.Key(5), OneWay)));
    }

    private static TaskResponse Document { get; } = new("infeasible"u8.ToArray(), "text/plain");

    private static RunFailed NotSuccess { get; } =
        new(new RunError(RunErrorKind.NotSuccess, "no success"), At.AddSeconds(5))
        {
            Results = new RunResults("{}", Notes: null, IsSuccess: false),
        };

    private static (bool, TimeSpan?)? Mark(CachedOutcome? outcome) =>
        outcome is null ? null : (outcome.IsIncumbent, outcome.CutAfter);

    private static TimeSpan? Span(double? seconds) => seconds is { } n ? TimeSpan.FromSeconds(n) : null;

    private Task FailAsync(BatchRecord batch, long run, RunFailed failed) =>
        AppendAsync(
            batch,
            run,
            new SubmitIntended(1, At),
            new Submitted(1, Task, At),
            new TaskCompleted(Ended, At),
            failed
        );

    private Task CutAsync(BatchRecord batch, long run, TimeSpan? cutAfter, bool isSuccess) =>
        isSuccess
            ? CompleteAsync(
                batch,
                run,
                new RunCompleted(Document, RunResults.None, At.AddSeconds(5))
                {
                    IsIncumbent = true,
                    CutAfter = cutAfter,
                }
            )
            : FailAsync(batch, run, NotSuccess with { Response = Document, IsIncumbent = true, CutAfter = cutAfter });
}
