using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>A batch's plain life: begun, driven, left and resumed.</summary>
public sealed class BatchTests : BatchTest
{
    [Fact]
    public async Task Every_run_of_a_batch_comes_to_its_result()
    {
        Start();
        Advance(seconds: 30);

        var outcome = await Outcome;
        Assert.Equal(BatchEnd.AllRunsEnded, outcome.End);
        Assert.Equal(10, outcome.Tally.Completed);
        Assert.Equal(Enumerable.Range(0, 10), Service.Bodies.Select(int.Parse).Order());
        Assert.Equal(10, Steps<RunCompleted>().Count);
        Assert.IsType<BatchEnded>(Journal[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_service_never_has_more_unfinished_tasks_than_the_limit(int limit)
    {
        Limits = new Limits { MaxUnfinishedTasks = limit, MaxUnconfirmedSubmits = 8 };
        Start();
        Advance(seconds: 120);

        Assert.True(IsOver);
        Assert.Equal(limit, Service.MostUnfinished);
    }

    [Fact]
    public void Runs_that_wait_are_not_even_made()
    {
        Runs = new FakeRuns(1_000_000);
        Start();
        Advance(seconds: 1);

        Assert.InRange(Runs.Taken, 4, 8);
    }

    [Fact]
    public void One_submit_at_a_time_is_unconfirmed_by_default()
    {
        Service.SubmitGate = NewGate();
        Start();
        Advance(seconds: 1);

        Assert.Equal(1, Service.Submits);
    }

    [Fact]
    public void Every_post_was_intended_and_every_id_kept_before_what_follows()
    {
        Start();
        Advance(seconds: 30);

        foreach (var run in Journal.OfType<RunEventEntry>().GroupBy(s => s.Planned.Index))
        {
            Type[] expected =
            [
                typeof(SubmitIntended),
                typeof(Submitted),
                typeof(TaskSeen),
                typeof(TaskCompleted),
                typeof(RunCompleted),
            ];
            Assert.Equal(expected, run.Select(s => s.Event.GetType()));
        }
    }

    [Fact]
    public void Requests_stay_within_their_rate()
    {
        Limits = new Limits { MaxUnfinishedTasks = 8, Requests = new Rate(3, TimeSpan.FromSeconds(1)) };
        Start();
        Advance(seconds: 60);

        Assert.True(IsOver);
        var times = Service.RequestTimes;
        for (var i = 3; i < times.Count; i++)
        {
            Assert.True(times[i] - times[i - 3] >= TimeSpan.FromSeconds(1), $"request {i}");
        }
    }

    [Fact]
    public async Task A_task_actor_that_crashes_resumes_where_its_journal_left_it()
    {
        var crashes = 0;
        Results.OnRead = run =>
        {
            if (run.Index == 3 && crashes++ < 2)
            {
                throw new InvalidOperationException("a bug");
            }
        };
        Start();
        Advance(seconds: 30);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.Submits);
    }

    [Fact]
    public async Task A_task_actor_that_crashes_again_and_again_fails_its_run_and_no_other()
    {
        Results.OnRead = run =>
        {
            if (run.Index == 3)
            {
                throw new InvalidOperationException("a bug");
            }
        };
        Start();
        Advance(seconds: 30);

        var outcome = await Outcome;
        Assert.Equal(9, outcome.Tally.Completed);
        Assert.Equal(1, outcome.Tally.Failed);
        var failed = Assert.Single(Steps<RunFailed>());
        Assert.Equal(RunErrorKind.Bug, failed.Error.Kind);
        Assert.Contains("a bug", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_waits_for_the_answer_of_a_submit_under_way_and_sends_nothing_more()
    {
        Service.SubmitGate = NewGate();
        Start();
        Advance(seconds: 1);
        Leave();
        Advance(seconds: 5);
        Assert.False(IsOver);

        Service.SubmitGate.Open();
        Assert.Equal(BatchEnd.Interrupted, (await Outcome).End);
        Assert.Single(Steps<Submitted>());
        Assert.Equal(1, Service.Submits);
    }

    [Fact]
    public async Task A_batch_that_was_left_resumes_and_sends_nothing_twice()
    {
        Start();
        Advance(seconds: 4);
        Leave();
        var left = await Outcome;
        Assert.InRange(left.Tally.Completed, 1, 9);

        await ResumeAsync();
        Advance(seconds: 30);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(Enumerable.Range(0, 10), Service.Bodies.Select(int.Parse).Order());
    }

    [Fact]
    public async Task A_retry_runs_what_has_begun_and_leaves_the_rest_to_be_resumed()
    {
        Service.SubmitFault = n => n == 2 ? new ServiceFault(FaultKind.WrongRequest, "400") : null;
        Start();
        Advance(seconds: 2);
        Leave();
        Assert.Equal(BatchEnd.Interrupted, (await Outcome).End);
        var failed = Assert.Single(Journal.OfType<RunEventEntry>(), step => step.Event is RunFailed);
        Journal.Add(RunEventEntry.Next(failed.Batch, failed.Planned, failed.After, new RunReopened(Time.GetUtcNow())));

        await ResumeAsync(resume => resume with { IsOnlyBegun = true });
        Advance(seconds: 30);
        var retried = await Outcome;
        Assert.Equal((BatchEnd.Retried, 0L), (retried.End, retried.Tally.Failed));
        Assert.InRange(retried.Tally.Completed, 1, 9);

        await ResumeAsync();
        Advance(seconds: 60);
        Assert.Equal((BatchEnd.AllRunsEnded, 10L), ((await Outcome).End, (await Outcome).Tally.Completed));
    }

    [Fact]
    public async Task A_run_that_cannot_be_sent_and_is_tried_again_fails_again()
    {
        Runs = new FakeRuns(4) { Defects = { [1] = "growth is not a number" } };
        Start();
        Advance(seconds: 30);
        Assert.Equal(1, (await Outcome).Tally.Failed);
        var failed = Assert.Single(Journal.OfType<RunEventEntry>(), step => step.Event is RunFailed);
        Journal.Add(RunEventEntry.Next(failed.Batch, failed.Planned, failed.After, new RunReopened(Time.GetUtcNow())));

        await ResumeAsync(resume => resume with { IsOnlyBegun = true });
        Advance(seconds: 30);

        Assert.Equal((3L, 1L), ((await Outcome).Tally.Completed, (await Outcome).Tally.Failed));
    }

    [Fact]
    public async Task Progress_counts_every_run_once()
    {
        Start();
        Advance(seconds: 30);
        await Outcome;
        Advance(seconds: 1);

        Assert.Equal(10, Progress!.CountByState.Completed);
        Assert.Equal(10, Progress.CountByState.Total);
    }

    [Fact]
    public async Task A_batch_with_nothing_left_to_do_ends_at_once()
    {
        var resume = new ResumePoint
        {
            Ended = [.. Enumerable.Range(0, 10)],
            CountByState = new StateCounts { Completed = 10 },
        };
        Start(resume);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(0, Service.Submits);
    }
}
