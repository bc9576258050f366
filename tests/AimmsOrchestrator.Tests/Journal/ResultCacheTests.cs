using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>What the journal knows of questions that were asked before.</summary>
public sealed class ResultCacheTests : JournalTest
{
    private static readonly ExtractionKey OneWay = new(FakeRuns.Key(1).Hex);
    private static readonly ExtractionKey AnotherWay = new(FakeRuns.Key(2).Hex);

    [Fact]
    public void A_question_finds_its_latest_answer_with_the_task_and_the_response()
    {
        var (first, second) = (Open(), Open());
        Complete(first, run: 3, "one");
        using (var answers = JournalFolder.OpenResultCache(second.Number, isFresh: false))
        {
            var found = Assert.IsType<CachedOutcome.WithResponse>(answers.Find(FakeRuns.Key(3), OneWay));
            Assert.Equal(new RunReference(first.Number, 3), found.Source);
            Assert.Equal(Ended, found.Task);
            Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
            Assert.True(answers.Contains(FakeRuns.Key(3), OneWay));
            Assert.Null(answers.Find(FakeRuns.Key(4), OneWay));

            Complete(second, run: 3, "two");
            Assert.Equal(
                new RunReference(second.Number, 3),
                Assert.IsType<CachedOutcome.WithResponse>(answers.Find(FakeRuns.Key(3), OneWay)).Source
            );
        }

        Assert.True(Reader.HasResults());
        Assert.Equal(2, Reader.Durations("emulator", null, 10).Count);
    }

    [Fact]
    public void A_fresh_batch_finds_its_own_answers_only()
    {
        Complete(Open(), run: 3, "one");
        var fresh = Open();
        using var answers = JournalFolder.OpenResultCache(fresh.Number, isFresh: true);

        Assert.Null(answers.Find(FakeRuns.Key(3), OneWay));
        Complete(fresh, run: 3, "two");
        Assert.NotNull(answers.Find(FakeRuns.Key(3), OneWay));
    }

    [Fact]
    public void A_failure_is_an_end_within_its_own_batch_only()
    {
        var batch = Open();
        var error = new RunError(RunErrorKind.TaskFailed, "infeasible input");
        Writer.Commit([new RunEventEntry(batch.Number, FakeRuns.Run(5), new RunFailed(error, At))]);
        using var own = JournalFolder.OpenResultCache(batch.Number, isFresh: false);
        using var other = JournalFolder.OpenResultCache(batch.Number + 1, isFresh: false);

        Assert.Equal(
            new CachedOutcome.Failed(new RunReference(batch.Number, 5), error),
            own.Find(FakeRuns.Key(5), OneWay)
        );
        Assert.Null(other.Find(FakeRuns.Key(5), OneWay));
    }

    [Fact]
    public void A_run_that_takes_over_an_answer_shares_its_response_and_can_be_taken_over_itself()
    {
        var (first, second) = (Open(), Open());
        Complete(first, run: 3, "one");
        var reused = new RunReused(
            new RunReference(first.Number, 3),
            Ended,
            new RunResults("""{"n":1}""", null, true),
            At
        );
        Writer.Commit([new RunEventEntry(second.Number, FakeRuns.Run(3), reused)]);

        var run = Reader.Runs(second.Number).Single();
        Assert.Equal($"{first.Id}#3", run.ReusedFrom);
        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal(
            (Ended.ReturnCode, Ended.RunTime, Task, 0),
            (run.ReturnCode, run.RunTime, run.TaskId, run.Attempts)
        );
        Assert.Equal([reused], Reader.Events(second.Number, 3));

        using var answers = JournalFolder.OpenResultCache(second.Number + 1, isFresh: false);
        var found = Assert.IsType<CachedOutcome.WithResponse>(answers.Find(FakeRuns.Key(3), OneWay));
        Assert.Equal(second.Number, found.Source.Batch);
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(found.Response!.Body.Span));
        Assert.Single(Reader.Durations("emulator", null, 10));
    }

    [Fact]
    public void An_answer_of_which_only_figures_were_kept_is_found_by_whoever_takes_the_same_ones()
    {
        var (first, second) = (Open(), Open());
        var figures = new RunResults("""{"cost":1.0}""", "note", true);
        var completed = new RunCompleted(null, figures, At.AddSeconds(5)) { Reading = OneWay };
        Complete(first, run: 3, completed);
        using var answers = JournalFolder.OpenResultCache(second.Number, isFresh: false);

        Assert.False(answers.Contains(FakeRuns.Key(3), AnotherWay));
        Assert.Null(answers.Find(FakeRuns.Key(3), AnotherWay));
        Assert.True(answers.Contains(FakeRuns.Key(3), OneWay));
        Assert.Equal(
            new CachedOutcome.ResultsOnly(new RunReference(first.Number, 3), Ended, figures, OneWay),
            answers.Find(FakeRuns.Key(3), OneWay)
        );
        Assert.Equal(completed, Reader.Events(first.Number, 3)[^1]);
        Assert.Empty(Reader.Responses(first.Number));

        // Whoever takes it over can be taken over itself, and brings no response either.
        var reused = new RunReused(new RunReference(first.Number, 3), Ended, figures, At) { Reading = OneWay };
        Writer.Commit([new RunEventEntry(second.Number, FakeRuns.Run(3), reused)]);
        Assert.Equal([reused], Reader.Events(second.Number, 3));
        Assert.Equal(
            second.Number,
            Assert.IsType<CachedOutcome.ResultsOnly>(answers.Find(FakeRuns.Key(3), OneWay)).Source.Batch
        );

        // An answer that is there in full serves everybody, and comes first.
        var third = Open();
        Complete(third, run: 3, "whole");
        Complete(Open(), run: 3, completed);
        Assert.Equal(
            third.Number,
            Assert.IsType<CachedOutcome.WithResponse>(answers.Find(FakeRuns.Key(3), OneWay)).Source.Batch
        );
        Complete(first, run: 4, "whole");
        Assert.True(answers.Contains(FakeRuns.Key(4), AnotherWay));
    }

    [Fact]
    public void A_response_is_copied_byte_for_byte_and_a_run_without_one_has_none()
    {
        var batch = Open();
        Complete(batch, run: 3, "\u0000not JSON");
        Writer.Commit([new RunEventEntry(batch.Number, FakeRuns.Run(4), new SubmitIntended(1, At))]);
        using var copy = new MemoryStream();

        Assert.True(Reader.CopyResponse(batch.Number, 3, copy));
        Assert.Equal("\u0000not JSON"u8, copy.ToArray());
        Assert.False(Reader.CopyResponse(batch.Number, 4, copy));
        Assert.False(Reader.CopyResponse(batch.Number, 5, copy));
        Assert.Equal([new StoredResponse(3, "run 3", "text/plain")], Reader.Responses(batch.Number));
    }

    private void Complete(BatchRecord batch, long run, string response) =>
        Complete(
            batch,
            run,
            new RunCompleted(
                new TaskResponse(System.Text.Encoding.UTF8.GetBytes(response), "text/plain"),
                RunResults.None,
                At.AddSeconds(5)
            )
        );

    private void Complete(BatchRecord batch, long run, RunCompleted completed) =>
        Writer.Commit([
            new RunEventEntry(batch.Number, FakeRuns.Run(run), new SubmitIntended(1, At)),
            new RunEventEntry(batch.Number, FakeRuns.Run(run), new Submitted(1, Task, At)),
            new RunEventEntry(batch.Number, FakeRuns.Run(run), new TaskCompleted(Ended, At)),
            new RunEventEntry(batch.Number, FakeRuns.Run(run), completed),
        ]);
}
