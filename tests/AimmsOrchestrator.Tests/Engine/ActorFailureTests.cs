using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>A bug in an actor that a batch cannot do without: the batch is left with its message, and can be resumed.</summary>
public sealed class ActorFailureTests : BatchTest
{
    private bool _isBuggy = true;

    [Fact]
    public async Task A_bug_in_the_journal_leaves_the_batch()
    {
        Memory.OnAppend = () => ThrowIf(Steps<RunCompleted>().Count == 4);

        await LeavesAndContinuesAsync("journal");
    }

    [Fact]
    public async Task A_bug_in_the_result_cache_leaves_the_batch()
    {
        Answers.OnFind = key => ThrowIf(key == FakeRuns.Key(5));

        await LeavesAndContinuesAsync("results");
    }

    [Fact]
    public async Task A_bug_in_the_source_of_the_runs_leaves_the_batch()
    {
        Runs.OnMake = index => ThrowIf(index == 7);

        await LeavesAndContinuesAsync("supervisor");
    }

    [Fact]
    public async Task An_actor_that_cannot_begin_leaves_the_batch()
    {
        Plan = plan => plan with { DeletesTasks = true };
        Start(ResumePoint.Start with { KeptTasks = null! });
        Advance(seconds: 30);

        Assert.Equal(BatchEnd.Bug, (await Outcome).End);
        Assert.Equal("a bug in this program: the cleanup actor failed: it has stopped", (await Outcome).Reason);
    }

    [Fact]
    public async Task A_supervisor_that_cannot_be_made_leaves_the_batch()
    {
        Plan = plan => plan with { StopWhen = () => throw new InvalidOperationException("no rule") };
        Start();

        Assert.Equal(BatchEnd.Bug, (await Outcome).End);
        Assert.Equal("a bug in this program: the supervisor actor failed: no rule", (await Outcome).Reason);
    }

    [Fact]
    public async Task A_bug_at_the_start_leaves_the_batch()
    {
        _isBuggy = false;
        Plan = plan => plan with { StopWhen = () => new Rule(() => ThrowIf(isTime: true)) };
        Start();
        Advance(seconds: 3);
        Leave();
        Advance(seconds: 3);

        _isBuggy = true;
        await ResumeAsync();
        Advance(seconds: 30);

        Assert.Equal(BatchEnd.Bug, (await Outcome).End);
        Assert.Contains("the supervisor actor failed: out of range", (await Outcome).Reason!, StringComparison.Ordinal);
    }

    private async Task LeavesAndContinuesAsync(string role)
    {
        Start();
        Advance(seconds: 30);

        var left = await Outcome;
        Assert.Equal(BatchEnd.Bug, left.End);
        Assert.Equal($"a bug in this program: the {role} actor failed: out of range", left.Reason);
        Assert.InRange(left.Tally.Completed, 1, 9);

        _isBuggy = false;
        await ResumeAsync();
        Advance(seconds: 60);

        Assert.Equal((BatchEnd.AllRunsEnded, 10), ((await Outcome).End, (await Outcome).Tally.Completed));
        Assert.Equal(10, Service.Submits);
    }

    private void ThrowIf(bool isTime)
    {
        if (_isBuggy && isTime)
        {
            throw new InvalidOperationException("out of range");
        }
    }

    private sealed class Rule(Action onEnded) : IStopRule
    {
        public string? Failure => null;

        public string? Ended(RunResults? results)
        {
            onEnded();
            return null;
        }
    }
}
