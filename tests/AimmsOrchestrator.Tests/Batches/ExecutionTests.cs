using AimmsOrchestrator.Batches.Catalog;
using AimmsOrchestrator.Batches.Completion;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Views;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Results;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>Opening, executing, resuming and retrying batches.</summary>
public sealed class ExecutionTests : IDisposable
{
    private readonly TestRoom _room = new();

    [Fact]
    public async Task A_new_scenario_runs_to_its_end_and_says_how_far_it_is()
    {
        var observer = new Observer();

        var (batch, outcome) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run), observer);

        Assert.Equal("short-1", batch.Id.Value);
        Assert.Equal((BatchEnd.AllRunsEnded, 3L), (outcome.End, outcome.Tally.Completed));
        Assert.Equal(3, observer.Latest?.CountByState.Completed);
    }

    [Fact]
    public async Task An_unfinished_batch_is_resumed_where_its_scenario_is_unchanged()
    {
        var left = await _room.InterruptAtOnceAsync(_room.Scenario());

        var (batch, outcome) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        Assert.Equal(left.Id, batch.Id);
        Assert.Equal((BatchEnd.AllRunsEnded, 3L), (outcome.End, outcome.Tally.Completed));
        Assert.Equal(3, _room.Service.Submits);
    }

    [Fact]
    public async Task A_changed_scenario_is_a_new_batch_that_reuses_what_is_done()
    {
        await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        var (batch, outcome) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario("1, 2, 3, 4"), TestRoom.Run));

        Assert.Equal(("short-2", 4L), (batch.Id.Value, outcome.Tally.Completed));
        Assert.Equal(4, _room.Service.Submits);
    }

    [Fact]
    public async Task A_batch_is_resumed_from_the_workspace_alone()
    {
        var left = await _room.InterruptAtOnceAsync(_room.Scenario());
        using var reader = _room.Workspace.OpenReader();
        var stored = StoredScenarios.LoadToRun(left, reader);

        var (_, outcome) = await _room.ExecuteAsync(r => r.ResumeAsync(left, stored.Value!));

        Assert.Equal(3, outcome.Tally.Completed);
    }

    [Fact]
    public async Task A_retry_runs_what_failed_and_only_that()
    {
        var scenario = _room.Scenario();
        _room.Service.End = n => n == 2 ? TaskState.Failed : TaskState.Completed;
        var (batch, first) = await _room.ExecuteAsync(r => r.OpenAsync(scenario, TestRoom.Run));

        var (_, second) = await _room.ExecuteAsync(r => r.RetryAsync(batch, scenario, RetrySelection.Failed));

        Assert.Equal((2L, 1L), (first.Tally.Completed, first.Tally.Failed));
        Assert.Equal((3L, 0L), (second.Tally.Completed, second.Tally.Failed));
        Assert.Equal(4, _room.Service.Submits);
    }

    [Fact]
    public async Task A_retry_that_cannot_be_written_leaves_the_batch_as_it_was()
    {
        var scenario = _room.Scenario();
        _room.Service.End = n => n == 2 ? TaskState.Failed : TaskState.Completed;
        var (batch, _) = await _room.ExecuteAsync(r => r.OpenAsync(scenario, TestRoom.Run));
        _room.OnAppend = group =>
        {
            if (group.Any(entry => entry is BatchResumed))
            {
                throw new JournalException("disk full");
            }
        };
        Task RetryAsync() => _room.ExecuteAsync(r => r.RetryAsync(batch, scenario, RetrySelection.Failed));

        await Assert.ThrowsAsync<JournalException>(RetryAsync);

        using var reader = _room.Workspace.OpenReader();
        Assert.Equal(1, reader.CountByState(batch.Number).Failed);
        _room.OnAppend = _ => { };
        await RetryAsync();
        Assert.Equal(3, reader.CountByState(batch.Number).Completed);
    }

    [Fact]
    public async Task A_batch_that_another_process_drives_is_not_opened()
    {
        var scenario = _room.Scenario();
        using var first = _room.Runner();
        var opened = await first.OpenAsync(scenario, TestRoom.Run);
        using var second = _room.Runner();

        var problem = (await second.ResumeAsync(opened.Value!.Batch, scenario)).Problem;

        Assert.Equal(opened.Value.Batch.Id, Assert.IsType<BatchProblem.DrivenElsewhere>(problem).Batch);
    }

    [Fact]
    public async Task Two_batches_run_side_by_side_on_one_engine()
    {
        await using var host = EngineHost.Start(TimeProvider.System);
        using var one = _room.Runner();
        using var other = _room.Runner(TestRoom.NewService());
        await one.OpenAsync(_room.Scenario(), TestRoom.Run);
        await other.OpenAsync(_room.Scenario("4, 5, 6"), TestRoom.Run with { IsFresh = true });

        var outcomes = await Task.WhenAll(
            one.ExecuteAsync(await host.EngineAsync(), new Observer(), CancellationToken.None),
            other.ExecuteAsync(await host.EngineAsync(), new Observer(), CancellationToken.None)
        );

        Assert.All(outcomes, outcome => Assert.Equal(3, outcome.Tally.Completed));
    }

    [Theory]
    [InlineData("bounded: { result: objective, from: 0, to: 2 }", BatchConclusion.Completed)]
    [InlineData("bounded: { result: objective, from: 2, to: 3 }", BatchConclusion.Failed)]
    public async Task An_expectation_decides_what_a_batch_came_to(string rule, BatchConclusion conclusion)
    {
        var scenario = _room.Scenario(more: $"expect: [ {{ {rule} }} ]");
        var (batch, outcome) = await _room.ExecuteAsync(r => r.OpenAsync(scenario, TestRoom.Run));
        using var reader = _room.Workspace.OpenReader();

        var result = BatchResult.Of(scenario, batch, outcome, reader);

        Assert.Equal(conclusion, result.Conclusion);
        Assert.Equal(conclusion, BatchResult.OfEnded(scenario, reader.Find(batch.Id.Value)!, reader).Conclusion);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bug_is_a_warning_of_the_batch_until_it_is_resumed(bool isLasting)
    {
        var bugs = 0;
        _room.OnAppend = group =>
        {
            if (group.OfType<RunEventEntry>().Any(entry => entry.Event is RunCompleted) || (isLasting && bugs > 0))
            {
                bugs++;
                throw new InvalidOperationException("out of range");
            }
        };
        var (batch, failed) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));

        const string reason = "a bug in this program: the journal actor failed: out of range";
        Assert.Equal((BatchEnd.Bug, reason), (failed.End, failed.Reason));
        Assert.Equal("out of range", failed.Bug!.Message);
        using var reader = _room.Workspace.OpenReader();
        Assert.Equal(isLasting ? [] : [new BatchWarning("execution", reason)], reader.Warnings(batch.Number));
        var result = BatchResult.Of(_room.Scenario(), batch, failed, reader);
        var summary = SummaryContents.Of(result, _room.Scenario(), _room.Workspace, reader, asJson: true);
        Assert.Equal(("left", reason), (summary.Document.State, summary.Document.Reason));

        _room.OnAppend = _ => { };
        var (_, outcome) = await _room.ExecuteAsync(r => r.ResumeAsync(batch, _room.Scenario()));

        Assert.Equal((BatchEnd.AllRunsEnded, 3L, 3), (outcome.End, outcome.Tally.Completed, _room.Service.Submits));
        Assert.Empty(reader.Warnings(batch.Number));
    }

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task A_retry_can_be_of_some_failures_only()
    {
        var scenario = _room.Scenario("1, 2, 3, 4");
        _room.Service.End = n => n <= 3 ? TaskState.Failed : TaskState.Completed;
        var (batch, _) = await _room.ExecuteAsync(r => r.OpenAsync(scenario, TestRoom.Run));
        var (where, _) = RunCondition.Parse("n > 1", "--where", ["n"]);
        var selection = new RetrySelection { Kinds = [RunErrorKind.TaskFailed, RunErrorKind.TimedOut], Where = where };
        using var reader = _room.Workspace.OpenReader();

        Assert.Equal([1L, 2L], selection.Choose(reader.Runs(batch.Number), out _).Keys);
        Assert.Empty(new RetrySelection { Kinds = [RunErrorKind.TimedOut] }.Choose(reader.Runs(batch.Number), out _));
        var (_, outcome) = await _room.ExecuteAsync(r => r.RetryAsync(batch, scenario, selection));

        Assert.Equal((3L, 1L, 6), (outcome.Tally.Completed, outcome.Tally.Failed, _room.Service.Submits));
    }

    [Fact]
    public async Task A_condition_of_a_retry_that_fails_once_is_evaluated_for_no_other_run()
    {
        _room.Service.End = _ => TaskState.Failed;
        var (batch, _) = await _room.ExecuteAsync(r => r.OpenAsync(_room.Scenario(), TestRoom.Run));
        var (where, _) = RunCondition.Parse("n === 2 ? n.missing.member : true", "--where", ["n"]);
        var selection = new RetrySelection { Where = where };
        using var reader = _room.Workspace.OpenReader();
        var runs = reader.Runs(batch.Number).ToList();
        var seen = new HashSet<long>();

        var chosen = selection.Choose(runs.Where(run => seen.Add(run.Index)), out var failure);

        Assert.Empty(chosen);
        Assert.StartsWith("n=2: ", failure, StringComparison.Ordinal);
        Assert.Equal(2, seen.Count);
        Assert.Throws<OperationCanceledException>(() =>
            selection.Choose(runs, out _, new CancellationToken(canceled: true))
        );
        var among = selection.Among(new Dictionary<long, RunErrorKind> { [1] = RunErrorKind.TaskFailed });
        Assert.Equal([1L], among.Choose(runs, out failure).Keys);
        Assert.Null(failure);
    }

    [Fact]
    public async Task The_first_runs_alone_are_executed_and_the_batch_continues_later()
    {
        var scenario = _room.Scenario("1, 2, 3, 4, 5");
        await using var host = EngineHost.Start(TimeProvider.System);
        OpenedBatch opened;
        BatchOutcome first;
        using (var runner = _room.Runner())
        {
            opened = (await runner.OpenAsync(scenario, TestRoom.Run)).Value!;
            first = await runner.ExecuteAsync(
                await host.EngineAsync(),
                new Observer(),
                CancellationToken.None,
                only: 2
            );
        }

        Assert.Equal((BatchEnd.StopRule, 2L, 2), (first.End, first.Tally.Completed, _room.Service.Submits));
        var (_, outcome) = await _room.ExecuteAsync(r => r.ResumeAsync(opened.Batch, scenario));
        Assert.Equal((BatchEnd.AllRunsEnded, 5L, 5), (outcome.End, outcome.Tally.Completed, _room.Service.Submits));
    }
}
