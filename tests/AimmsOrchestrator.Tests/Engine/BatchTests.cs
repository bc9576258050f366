using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Answers;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Throttling;
using AimmsOrchestrator.Tests.Testing;
using Akka.Actor;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Whole batches through the real actors, in virtual time, against a service and a journal in memory.</summary>
public sealed class BatchTests : VirtualTimeTest
{
    private readonly List<JournalEntry> _journal = [];
    private readonly FakeTaskService _service;
    private readonly FakeResults _results = new();
    private readonly FakeAnswerBook _answers;
    private readonly TaskCompletionSource<BatchOutcome> _outcome = new();
    private FakeRuns _runs = new(10);
    private Limits _limits = new() { MaxUnfinishedTasks = 4 };
    private FailureBudget? _failures;
    private BatchProgress? _progress;
    private IActorRef _supervisor = ActorRefs.Nobody;

    public BatchTests()
    {
        _service = new FakeTaskService(Time);
        _answers = new FakeAnswerBook(_journal);
    }

    [Fact]
    public async Task Every_run_of_a_batch_comes_to_its_result()
    {
        Start();
        Advance(seconds: 30);

        var outcome = await Outcome();
        Assert.Equal(BatchEnd.AllRunsEnded, outcome.End);
        Assert.Equal(10, outcome.Tally.Completed);
        Assert.Equal(Enumerable.Range(0, 10), _service.Bodies.Select(int.Parse).Order());
        Assert.Equal(10, Steps<RunCompleted>().Count);
        Assert.IsType<BatchEnded>(_journal[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_service_never_has_more_unfinished_tasks_than_the_limit(int limit)
    {
        _limits = new Limits { MaxUnfinishedTasks = limit, MaxUnconfirmedSubmits = 8 };
        Start();
        Advance(seconds: 120);

        Assert.True(_outcome.Task.IsCompleted);
        Assert.Equal(limit, _service.MostUnfinished);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    [InlineData(100, 7)]
    public async Task A_question_that_many_runs_ask_is_sent_once(int limit, int different)
    {
        _runs = new FakeRuns(100, different);
        _limits = new Limits { MaxUnfinishedTasks = limit, MaxUnconfirmedSubmits = limit };
        Start();
        Advance(seconds: 60);

        Assert.Equal(100, (await Outcome()).Tally.Completed);
        Assert.Equal(Enumerable.Range(0, different), _service.Bodies.Select(int.Parse).Order());
        Assert.Equal(100 - different, Steps<RunReused>().Count);
    }

    [Fact]
    public async Task Runs_that_ask_what_a_failed_one_asked_fail_with_it()
    {
        _runs = new FakeRuns(6, different: 2);
        _service.SubmitFault = n => n == 1 ? new ServiceFault(FaultKind.WrongRequest, "400 Bad Request") : null;
        Start();
        Advance(seconds: 60);

        var outcome = await Outcome();
        Assert.Equal((3, 3), (outcome.Tally.Completed, outcome.Tally.Failed));
        Assert.Equal(2, _service.Submits);
        Assert.Equal("run 0 asks the same and failed: 400 Bad Request", Steps<RunFailed>()[^1].Error.Message);
    }

    [Fact]
    public void Nothing_is_submitted_before_the_window_opens_nor_after_it_closes()
    {
        var (opens, closes) = (new TimeOnly(18, 1), new TimeOnly(18, 2));
        _limits = new Limits { MaxUnfinishedTasks = 1, Window = new SubmitWindow(opens, closes, TimeZoneInfo.Utc) };
        _runs = new FakeRuns(100);
        Start();
        Advance(seconds: 59);
        Assert.Equal(0, _service.Submits);

        Advance(seconds: 2);
        Assert.Equal(1, _service.Submits);

        Advance(seconds: 60);
        var atClosing = _service.Submits;
        Assert.InRange(atClosing, 10, 25);
        Advance(seconds: 60);
        Assert.Equal(atClosing, _service.Submits);
    }

    [Fact]
    public async Task A_batch_that_fails_too_often_stops_and_a_fresh_drive_has_a_fresh_budget()
    {
        _runs = new FakeRuns(100);
        _failures = new FailureBudget(3, Share: null);
        _service.SubmitFault = n => n <= 10 ? new ServiceFault(FaultKind.WrongRequest, "400 Bad Request") : null;
        Start();
        Advance(seconds: 120);

        var outcome = await Outcome();
        Assert.Equal(BatchEnd.FailureBudget, outcome.End);
        Assert.Equal("10 of 20 runs failed, and stop.failures is 3", outcome.Reason);
        Assert.Equal(10, outcome.Tally.Failed);

        var second = new TaskCompletionSource<BatchOutcome>();
        Start(Resume(), second);
        Advance(seconds: 300);
        Assert.Equal(BatchEnd.AllRunsEnded, (await second.Task).End);
    }

    [Fact]
    public async Task Answers_of_earlier_batches_are_taken_over_and_nothing_is_sent_for_them()
    {
        var task = new TaskSnapshot(new TaskId("earlier"), TaskState.Completed);
        for (var question = 0; question < 9; question++)
        {
            var source = new RunReference(7, question);
            _answers.Earlier[FakeRuns.Key(question)] = new EarlierEnd.Answered(source, task, Response: null);
        }

        Start();
        Advance(seconds: 30);

        Assert.Equal(10, (await Outcome()).Tally.Completed);
        Assert.Equal(["9"], _service.Bodies);
        Assert.Equal(
            Enumerable.Range(0, 9).Select(i => new RunReference(7, i)),
            Steps<RunReused>().Select(step => step.Source).OrderBy(source => source.Run)
        );
    }

    [Fact]
    public async Task A_run_that_was_under_way_when_the_batch_was_left_still_answers_for_others()
    {
        _runs = new FakeRuns(4, different: 1);
        _limits = new Limits { MaxUnfinishedTasks = 1 };
        Start();
        Advance(seconds: 1);
        _supervisor.Tell(new BatchCommands.Leave(new BatchStop(BatchEnd.Interrupted, "interrupted")));
        Advance(seconds: 1);
        await Outcome();

        var second = new TaskCompletionSource<BatchOutcome>();
        Start(Resume(), second);
        Advance(seconds: 30);

        Assert.Equal(4, (await second.Task).Tally.Completed);
        Assert.Equal(["0"], _service.Bodies);
    }

    [Fact]
    public void Runs_that_wait_are_not_even_made()
    {
        _runs = new FakeRuns(1_000_000);
        Start();
        Advance(seconds: 1);

        Assert.InRange(_runs.Taken, 4, 8);
    }

    [Fact]
    public void One_submit_at_a_time_is_unconfirmed_by_default()
    {
        _service.SubmitGate = new TaskCompletionSource();
        Start();
        Advance(seconds: 1);

        Assert.Equal(1, _service.Submits);
    }

    [Fact]
    public void Every_post_was_intended_and_every_id_kept_before_what_follows()
    {
        Start();
        Advance(seconds: 30);

        foreach (var run in _journal.OfType<RunStep>().GroupBy(s => s.Run.Index))
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
    public async Task A_refusal_stops_the_batch_with_one_post_and_nothing_is_lost()
    {
        _service.SubmitFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden: no service");
        Start();
        Advance(seconds: 1);

        var outcome = await Outcome();
        Assert.Equal(BatchEnd.ServiceRefused, outcome.End);
        Assert.Equal("403 Forbidden: no service", outcome.Reason);
        Assert.Equal(1, _service.Submits);
        Assert.Equal(0, outcome.Tally.Failed);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_tried_as_often_as_the_policy_says()
    {
        _limits = new Limits { MaxUnfinishedTasks = 1 };
        _service.SubmitFault = _ => new ServiceFault(FaultKind.Unreachable, "nobody listens");
        Start();
        Advance(seconds: 10);

        Assert.Equal(BatchEnd.ServiceRefused, (await Outcome()).End);
        Assert.Equal(3, _service.Submits);
    }

    [Fact]
    public void Retry_after_keeps_every_run_silent()
    {
        _service.SubmitFault = n =>
            n == 1 ? new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.FromSeconds(20) } : null;
        Start();
        Advance(seconds: 19.9);
        Assert.Equal(1, _service.Submits);

        Advance(seconds: 40);
        Assert.Equal(11, _service.Submits);
        Assert.Equal(10, Steps<RunCompleted>().Count);
    }

    [Fact]
    public void Requests_stay_within_their_rate()
    {
        _limits = new Limits { MaxUnfinishedTasks = 8, Requests = new Rate(3, TimeSpan.FromSeconds(1)) };
        Start();
        Advance(seconds: 60);

        Assert.True(_outcome.Task.IsCompleted);
        var times = _service.RequestTimes;
        for (var i = 3; i < times.Count; i++)
        {
            Assert.True(times[i] - times[i - 3] >= TimeSpan.FromSeconds(1), $"request {i}");
        }
    }

    [Fact]
    public async Task A_task_actor_that_crashes_goes_on_where_its_journal_left_it()
    {
        var crashes = 0;
        _results.OnRead = run =>
        {
            if (run.Index == 3 && crashes++ < 2)
            {
                throw new InvalidOperationException("a bug");
            }
        };
        Start();
        Advance(seconds: 30);

        Assert.Equal(10, (await Outcome()).Tally.Completed);
        Assert.Equal(10, _service.Submits);
    }

    [Fact]
    public async Task A_task_actor_that_crashes_again_and_again_fails_its_run_and_no_other()
    {
        _results.OnRead = run =>
        {
            if (run.Index == 3)
            {
                throw new InvalidOperationException("a bug");
            }
        };
        Start();
        Advance(seconds: 30);

        var outcome = await Outcome();
        Assert.Equal(9, outcome.Tally.Completed);
        Assert.Equal(1, outcome.Tally.Failed);
        var failed = Assert.Single(Steps<RunFailed>());
        Assert.Equal(RunErrorKind.Bug, failed.Error.Kind);
        Assert.Contains("a bug", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_waits_for_the_answer_of_a_submit_under_way_and_sends_nothing_more()
    {
        _service.SubmitGate = new TaskCompletionSource();
        Start();
        Advance(seconds: 1);
        _supervisor.Tell(new BatchCommands.Leave(new BatchStop(BatchEnd.Interrupted, "interrupted")));
        Advance(seconds: 5);
        Assert.False(_outcome.Task.IsCompleted);

        _service.SubmitGate.SetResult();
        Assert.Equal(BatchEnd.Interrupted, (await Outcome()).End);
        Assert.Single(Steps<Submitted>());
        Assert.Equal(1, _service.Submits);
    }

    [Fact]
    public async Task A_batch_that_was_left_goes_on_and_sends_nothing_twice()
    {
        Start();
        Advance(seconds: 4);
        _supervisor.Tell(new BatchCommands.Leave(new BatchStop(BatchEnd.Interrupted, "interrupted")));
        var left = await Outcome();
        Assert.InRange(left.Tally.Completed, 1, 9);

        var again = new TaskCompletionSource<BatchOutcome>();
        Start(Resume(), again);
        Advance(seconds: 30);

        Assert.Equal(10, (await again.Task.WaitAsync(TimeSpan.FromSeconds(5))).Tally.Completed);
        Assert.Equal(Enumerable.Range(0, 10), _service.Bodies.Select(int.Parse).Order());
    }

    [Fact]
    public async Task Progress_counts_every_run_once()
    {
        Start();
        Advance(seconds: 30);
        await Outcome();
        Advance(seconds: 1);

        Assert.Equal(10, _progress!.CountByState["completed"]);
        Assert.Equal(10, _progress.CountByState.Values.Sum());
    }

    [Fact]
    public async Task A_batch_with_nothing_left_to_do_ends_at_once()
    {
        var resume = new ResumePoint { Ended = [.. Enumerable.Range(0, 10)], CountByState = Counts(completed: 10) };
        Start(resume, _outcome);

        Assert.Equal(10, (await Outcome()).Tally.Completed);
        Assert.Equal(0, _service.Submits);
    }

    private static Dictionary<string, long> Counts(long completed) =>
        new(StringComparer.Ordinal) { ["completed"] = completed };

    private Task<BatchOutcome> Outcome() => _outcome.Task.WaitAsync(TimeSpan.FromSeconds(5));

    private List<T> Steps<T>()
        where T : RunEvent => [.. _journal.OfType<RunStep>().Select(s => s.Event).OfType<T>()];

    private ResumePoint Resume()
    {
        var steps = _journal
            .OfType<RunStep>()
            .GroupBy(s => s.Run.Index)
            .ToDictionary(g => g.Key, g => g.Select(s => s.Event));
        var runs = steps.ToDictionary(s => s.Key, s => Run.FromSteps(s.Value));
        return new ResumePoint
        {
            Ended = [.. runs.Where(r => r.Value.Phase.IsEnded()).Select(r => r.Key).Order()],
            Unfinished = steps
                .Where(s => !runs[s.Key].Phase.IsEnded())
                .ToDictionary(s => s.Key, IReadOnlyList<RunEvent> (s) => [.. s.Value]),
            CountByState = runs
                .Values.CountBy(r => r.Phase.Word(r.TaskState))
                .ToDictionary(c => c.Key, c => (long)c.Value),
        };
    }

    private void Start() => Start(ResumePoint.Start, _outcome);

    private void Start(ResumePoint resume, TaskCompletionSource<BatchOutcome> outcome)
    {
        var observer = new Observer(p => _progress = p);
        var progress = Sys.ActorOf(
            ProgressActor.Props(new ProgressMeter(_runs.Count, resume.CountByState), observer, Time)
        );
        var around = new RunSurroundings
        {
            Batch = 1,
            Rules = new RunRules(PollPolicy.Every(TimeSpan.FromSeconds(1)), RetryPolicy.Default),
            Results = _results,
            Service = _service,
            Journal = Sys.ActorOf(Props.Create<MemoryJournalActor>(_journal)),
            Answers = Sys.ActorOf(AnswerDeskActor.Props(_answers)),
            Throttle = Sys.ActorOf(ThrottleActor.Props(_limits, Time, progress)),
            Progress = progress,
            Time = Time,
            Chance = () => 0.5,
        };
        var plan = new BatchPlan
        {
            Runs = _runs,
            Results = _results,
            Limits = _limits,
            FailureBudget = _failures,
        };
        _supervisor = Sys.ActorOf(BatchSupervisorActor.Props(new BatchWork(plan, resume, outcome), around));
    }

    private sealed class Observer(Action<BatchProgress> onProgress) : IBatchObserver
    {
        public void OnProgress(BatchProgress progress) => onProgress(progress);
    }
}
