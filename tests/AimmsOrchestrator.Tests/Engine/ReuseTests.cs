using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Of runs that ask the same, one asks.</summary>
public sealed class ReuseTests : BatchTest
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(100, 7)]
    public async Task A_request_that_many_runs_share_is_sent_once(int limit, int different)
    {
        Runs = new FakeRuns(100, different);
        Limits = new Limits { MaxUnfinishedTasks = limit, MaxUnconfirmedSubmits = limit };
        Start();
        Advance(seconds: 60);

        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.Equal(Enumerable.Range(0, different), Service.Bodies.Select(int.Parse).Order());
        Assert.Equal(100 - different, Steps<RunReused>().Count);
    }

    [Fact]
    public async Task Runs_that_ask_what_a_failed_one_asked_fail_with_it()
    {
        Runs = new FakeRuns(6, different: 2);
        Service.SubmitFault = n => n == 1 ? new ServiceFault(FaultKind.WrongRequest, "400 Bad Request") : null;
        Start();
        Advance(seconds: 60);

        var outcome = await Outcome;
        Assert.Equal((3, 3), (outcome.Tally.Completed, outcome.Tally.Failed));
        Assert.Equal(2, Service.Submits);
        Assert.Equal("run 0 asks the same and failed: 400 Bad Request", Steps<RunFailed>()[^1].Error.Message);
    }

    [Fact]
    public async Task Runs_that_wait_for_one_that_completes_without_a_response_ask_themselves()
    {
        Runs = new FakeRuns(4, different: 1);
        Service.ResponseFault = _ => new ServiceFault(FaultKind.Unknown, "404");
        Start();
        Advance(seconds: 300);

        Assert.Equal(4, (await Outcome).Tally.Completed);
        Assert.Equal(4, Service.Submits);
    }

    [Fact]
    public async Task Runs_that_wait_for_one_that_a_bug_ends_fail_with_it()
    {
        Runs = new FakeRuns(4, different: 1);
        Results.OnRead = run =>
        {
            if (run.Index == 0)
            {
                throw new InvalidOperationException("a bug");
            }
        };
        Start();
        Advance(seconds: 60);

        var outcome = await Outcome;
        Assert.Equal((0L, 4L), (outcome.Tally.Completed, outcome.Tally.Failed));
        Assert.Equal(1, Service.Submits);
    }

    [Fact]
    public async Task Answers_of_earlier_batches_are_taken_over_and_nothing_is_sent_for_them()
    {
        var task = new TaskSnapshot(new TaskId("earlier"), TaskState.Completed);
        for (var question = 0; question < 9; question++)
        {
            var source = new RunReference(7, question);
            Answers.Earlier[FakeRuns.Key(question)] = new CachedOutcome.WithResponse(source, task, Response: null);
        }

        Start();
        Advance(seconds: 30);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(["9"], Service.Bodies);
        Assert.Equal(
            Enumerable.Range(0, 9).Select(i => new RunReference(7, i)),
            Steps<RunReused>().Select(step => step.Source).OrderBy(source => source.Run)
        );
    }

    [Fact]
    public async Task Answers_are_found_by_the_keys_of_an_earlier_version_too()
    {
        Runs = new FakeRuns(3) { HaveFormerKeys = true };
        var task = new TaskSnapshot(new TaskId("earlier"), TaskState.Completed);
        Answers.Earlier[FakeRuns.FormerKey(1)] = new CachedOutcome.WithResponse(new RunReference(7, 1), task, null);
        Start();
        Advance(seconds: 30);

        Assert.Equal(3, (await Outcome).Tally.Completed);
        Assert.Equal(["0", "2"], Service.Bodies.Order());
    }

    [Fact]
    public async Task A_run_that_was_under_way_when_the_batch_was_left_still_answers_for_others()
    {
        Runs = new FakeRuns(4, different: 1);
        Limits = new Limits { MaxUnfinishedTasks = 1 };
        Start();
        Advance(seconds: 1);
        Leave();
        Advance(seconds: 1);
        await Outcome;

        await ResumeAsync();
        Advance(seconds: 30);

        Assert.Equal(4, (await Outcome).Tally.Completed);
        Assert.Equal(["0"], Service.Bodies);
    }
}
