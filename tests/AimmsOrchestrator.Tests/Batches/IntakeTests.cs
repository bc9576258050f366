using AimmsOrchestrator.Batches.Cancellation;
using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios.Results;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>Several runners that reach for one workspace.</summary>
public sealed class IntakeTests : IDisposable
{
    private readonly TestRoom _room = new();

    [Fact]
    public async Task Of_runners_that_start_together_one_opens_the_batch_and_the_others_learn_which()
    {
        var scenario = _room.Scenario();
        var runners = Enumerable.Range(0, 4).Select(_ => _room.Runner()).ToList();

        var results = await Task.WhenAll(
            runners.Select(runner => Task.Run(() => runner.OpenAsync(scenario, TestRoom.Run)))
        );

        var opened = Assert.Single(results, result => result.IsSuccess).Value!.Batch;
        Assert.All(
            results.Where(result => !result.IsSuccess),
            result => Assert.Equal(opened.Id, Assert.IsType<BatchProblem.DrivenElsewhere>(result.Problem).Batch)
        );
        Assert.Equal([opened.Id], Batches().Select(batch => batch.Id));
        runners.ForEach(runner => runner.Dispose());
    }

    [Fact]
    public async Task A_batch_that_cannot_be_opened_under_its_claim_is_free_for_the_next_one()
    {
        var scenario = _room.Scenario();
        var batch = await _room.InterruptAtOnceAsync(scenario);
        using var failing = new BatchRunner(_room.Workspace, TimeProvider.System, wrap: inner => new FullDisk(inner));

        await Assert.ThrowsAsync<JournalException>(() => failing.ResumeAsync(batch, scenario));
        Assert.Empty(_room.Workspace.Claims());
        await Assert.ThrowsAsync<JournalException>(() => failing.RetryAsync(batch, scenario, RetrySelection.Failed));

        using var next = _room.Runner();
        Assert.True((await next.ResumeAsync(batch, scenario)).IsSuccess);
    }

    [Fact]
    public async Task A_retry_whose_condition_cannot_be_evaluated_changes_nothing_and_gives_the_batch_up()
    {
        var scenario = _room.Scenario();
        _room.Service.End = _ => TaskState.Failed;
        var (batch, _) = await _room.ExecuteAsync(r => r.OpenAsync(scenario, TestRoom.Run));
        var (where, _) = RunCondition.Parse("n.missing.member", "--where", ["n"]);
        using var runner = _room.Runner();

        var retried = await runner.RetryAsync(batch, scenario, new RetrySelection { Where = where });

        Assert.StartsWith(
            "--where: n.missing.member cannot be evaluated: n=1: ",
            ProblemSentence.Of(Assert.IsType<BatchProblem.InputBroken>(retried.Problem)),
            StringComparison.Ordinal
        );
        Assert.Null(_room.Workspace.HolderOf(batch.Id));
        Assert.Equal(BatchEnd.AllRunsEnded, Batches()[0].End);
    }

    [Fact]
    public async Task A_batch_at_a_service_that_another_one_uses_learns_of_it()
    {
        using var first = _room.Runner();
        using var second = _room.Runner();
        var one = (await first.OpenAsync(_room.Scenario(), TestRoom.Run)).Value!;

        var other = (await second.OpenAsync(_room.Scenario("4, 5"), TestRoom.Run)).Value!;

        Assert.Empty(one.Others);
        Assert.Equal([one.Batch.Id], other.Others.Select(driver => driver.Batch));
        Assert.StartsWith("process ", other.Others[0].Holder.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_is_left_or_at_another_service_is_no_other_driver()
    {
        await _room.InterruptAtOnceAsync(_room.Scenario());
        using var elsewhere = _room.Runner();
        await elsewhere.OpenAsync(_room.Scenario("7", url: "http://localhost:2"), TestRoom.Run);
        using var runner = _room.Runner();

        var opened = (await runner.OpenAsync(_room.Scenario("4, 5"), TestRoom.Run)).Value!;

        Assert.Empty(opened.Others);
    }

    [Fact]
    public async Task A_batch_that_was_cancelled_before_its_resume_had_the_claim_is_over()
    {
        var scenario = _room.Scenario();
        var asRead = await _room.InterruptAtOnceAsync(scenario);
        await CancelAsync(asRead);
        using var runner = _room.Runner();

        var resumed = await runner.ResumeAsync(asRead, scenario);
        var retried = await runner.RetryAsync(asRead, scenario, RetrySelection.Failed);

        Assert.Equal(BatchEnd.Cancelled, Assert.IsType<BatchProblem.Over>(resumed.Problem).Batch.End);
        Assert.IsType<BatchProblem.Over>(retried.Problem);
        Assert.Null(_room.Workspace.HolderOf(asRead.Id));
        Assert.Equal(BatchEnd.Cancelled, Batches()[0].End);
    }

    [Fact]
    public async Task A_batch_that_was_cancelled_while_it_was_driven_is_over_for_the_next_run_too()
    {
        var scenario = _room.Scenario();
        await CancelAsync(await _room.InterruptAtOnceAsync(scenario));

        var (batch, outcome) = await _room.ExecuteAsync(runner => runner.OpenAsync(scenario, TestRoom.Run));

        Assert.Equal(("short-2", BatchEnd.AllRunsEnded), (batch.Id.Value, outcome.End));
        Assert.Equal([BatchEnd.AllRunsEnded, BatchEnd.Cancelled], Batches().Select(b => b.End));
    }

    public void Dispose() => _room.Dispose();

    private async Task CancelAsync(BatchRecord batch)
    {
        var cancellation = new BatchCancellation(
            _room.Workspace,
            TimeProvider.System,
            (_, _) => new ServicePeer(_room.Service)
        );
        await cancellation.AskAsync(batch, keepRunning: false, "anna");
        Assert.Null((await cancellation.CancelAsync(batch)).Problem);
    }

    private IReadOnlyList<BatchRecord> Batches()
    {
        using var reader = _room.Workspace.OpenReader();
        return reader.Batches();
    }

    /// <summary>A journal that takes no entry.</summary>
    private sealed class FullDisk(IJournalWriter inner) : IJournalWriter
    {
        public ValueTask<BatchRecord> OpenBatchAsync(NewBatch batch) => inner.OpenBatchAsync(batch);

        public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<JournalEntry> group) =>
            throw new JournalException("the disk is full");

        public void Dispose() => inner.Dispose();
    }
}
