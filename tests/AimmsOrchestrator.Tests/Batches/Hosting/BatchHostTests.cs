using AimmsOrchestrator.Batches.Hosting;
using AimmsOrchestrator.Batches.Problems;
using AimmsOrchestrator.Batches.Services;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Batches.Hosting;

/// <summary>Several batches in one process.</summary>
public sealed class BatchHostTests : IDisposable
{
    private readonly TestRoom _room = new();

    [Fact]
    public async Task Batches_are_driven_side_by_side_and_each_says_how_it_ended()
    {
        await using var host = Host();
        var one = await host.RunAsync(_room.Scenario(), TestRoom.Run);
        var other = await host.RunAsync(_room.Scenario("4, 5"), TestRoom.Run with { IsFresh = true });

        var outcomes = await Task.WhenAll(one.Value!.Outcome, other.Value!.Outcome);

        Assert.Equal([3L, 2L], outcomes.Select(outcome => outcome.Tally.Completed));
        Assert.Empty(host.Driven);
    }

    [Fact]
    public async Task A_follower_sees_the_last_progress_also_after_the_end()
    {
        await using var host = Host();
        var batch = (await host.RunAsync(_room.Scenario(), TestRoom.Run)).Value!;
        var seen = await batch.FollowAsync().LastAsync();
        await batch.Outcome;

        Assert.Equal(3, seen.CountByState.Completed);
        Assert.Equal(3, (await batch.FollowAsync().LastAsync()).CountByState.Completed);
    }

    [Fact]
    public async Task A_batch_that_is_left_can_be_continued()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        await using var host = Host();
        var scenario = _room.Scenario();
        var batch = (await host.RunAsync(scenario, TestRoom.Run)).Value!;
        Assert.Same(batch, host.Find(batch.Batch.Id));

        batch.Leave();
        var left = await batch.Outcome;
        var again = await host.ResumeAsync(batch.Batch, scenario);
        again.Value!.Leave();

        Assert.Equal(BatchEnd.Interrupted, left.End);
        Assert.Equal(BatchEnd.Interrupted, (await again.Value.Outcome).End);
    }

    [Fact]
    public async Task Of_one_batch_a_host_has_one_driver()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        await using var host = Host();
        var scenario = _room.Scenario();
        var batch = (await host.RunAsync(scenario, TestRoom.Run)).Value!;

        var again = await host.ResumeAsync(batch.Batch, scenario);

        Assert.IsType<BatchProblem.DrivenElsewhere>(again.Problem);
        Assert.Same(batch, host.Find(batch.Batch.Id));
    }

    [Fact]
    public async Task A_host_that_stops_leaves_all_batches_and_those_that_begin_then()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        await using var host = Host();
        var first = (await host.RunAsync(_room.Scenario(), TestRoom.Run)).Value!;

        await host.StopAsync();
        var second = (await host.RunAsync(_room.Scenario("4"), TestRoom.Run)).Value!;

        Assert.Equal(BatchEnd.Interrupted, (await first.Outcome).End);
        Assert.Equal(BatchEnd.Interrupted, (await second.Outcome).End);
    }

    [Fact]
    public async Task A_batch_whose_service_cannot_be_connected_to_fails_alone()
    {
        await using var host = new BatchHost(
            _room.Workspace,
            TimeProvider.System,
            (scenario, _) =>
                scenario.Plan.Runs.Count == 1
                    ? throw new InvalidOperationException("no way there")
                    : Task.FromResult(new ServicePeer(_room.Service))
        );
        var broken = (await host.RunAsync(_room.Scenario("9"), TestRoom.Run)).Value!;
        var sound = (await host.RunAsync(_room.Scenario(), TestRoom.Run)).Value!;

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken.Outcome);
        Assert.Equal(3, (await sound.Outcome).Tally.Completed);
        Assert.Empty(host.Driven);
    }

    public void Dispose() => _room.Dispose();

    private BatchHost Host() =>
        new(_room.Workspace, TimeProvider.System, (_, _) => Task.FromResult(new ServicePeer(_room.Service)));
}
