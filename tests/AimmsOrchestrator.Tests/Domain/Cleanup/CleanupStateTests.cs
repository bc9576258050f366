using AimmsOrchestrator.Domain.Cleanup;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Cleanup;

/// <summary>What follows from the answers to requests that remove finished tasks.</summary>
public sealed class CleanupStateTests
{
    private static readonly CleanupState Awaited = new() { IsAwaited = true };
    private static readonly CleanupEffect Patient = new CleanupEffect.HavePatience(TimeSpan.FromMinutes(15));

    [Fact]
    public void A_batch_whose_runs_have_ended_has_patience_for_a_quarter_of_an_hour()
    {
        var decision = new CleanupState().Await();

        Assert.Equal([Patient], decision.Effects);
        Assert.Equal(Awaited, decision.Next);
    }

    [Fact]
    public void Each_removal_begins_that_time_anew_and_before_the_end_there_is_none()
    {
        Assert.Equal([new CleanupEffect.Record(), Patient], Answered(Awaited, new TaskId("t")).Effects);
        Assert.Equal([new CleanupEffect.Record()], Answered(new CleanupState(), new TaskId("t")).Effects);
        Assert.Equal([new CleanupEffect.Record()], Answered(Awaited.Reported(), new TaskId("t")).Effects);
    }

    [Fact]
    public void A_fault_does_not_begin_it_anew()
    {
        var decision = Answered(Awaited, Fault(FaultKind.Unreachable));

        Assert.Equal([new CleanupEffect.Repeat(RetryPolicy.Default.WaitAfter(1, jitter: 1))], decision.Effects);
        Assert.Equal((1, 0), (decision.Next.Faults, decision.Next.Kept));
    }

    [Fact]
    public void A_task_that_the_service_does_not_have_is_removed()
    {
        var decision = Answered(new CleanupState { Faults = 3 }, Fault(FaultKind.Unknown));

        Assert.Equal([new CleanupEffect.Record()], decision.Effects);
        Assert.Equal(new CleanupState(), decision.Next);
    }

    [Theory]
    [InlineData(FaultKind.WrongRequest)]
    [InlineData(FaultKind.Refused)]
    [InlineData(FaultKind.Misdirected)]
    public void A_fault_that_lasts_leaves_the_task_at_the_service_at_once(FaultKind kind)
    {
        var decision = Answered(Awaited, Fault(kind));

        Assert.Equal([new CleanupEffect.GiveUp()], decision.Effects);
        Assert.Equal(1, decision.Next.Kept);
    }

    [Fact]
    public void Other_faults_do_so_after_twelve_in_a_row()
    {
        var state = new CleanupState();
        for (var fault = 1; fault < RunRules.MaxConsecutiveFaults; fault++)
        {
            state = Answered(state, Fault(FaultKind.Broken)).Next;
        }

        var last = Answered(state, Fault(FaultKind.Broken));

        Assert.Equal((0, 11), (state.Kept, state.Faults));
        Assert.Equal([new CleanupEffect.GiveUp()], last.Effects);
        Assert.Equal(new CleanupState { Kept = 1 }, last.Next);
    }

    [Fact]
    public void A_service_that_asks_for_a_pause_gets_one()
    {
        var busy = Fault(FaultKind.Overloaded);
        CleanupEffect again = new CleanupEffect.Repeat(RetryPolicy.Default.WaitAfter(1, jitter: 1));
        var pause = TimeSpan.FromSeconds(7);

        Assert.Equal(
            [new CleanupEffect.PauseFor(pause), again],
            Answered(Awaited, busy with { RetryAfter = pause }).Effects
        );
        Assert.Equal([again], Answered(Awaited, busy with { RetryAfter = TimeSpan.Zero }).Effects);
    }

    [Fact]
    public void Once_patience_is_over_all_that_wait_count_as_kept()
    {
        var decision = (Awaited with { Kept = 2 }).PatienceOver(waiting: 3);

        Assert.Equal([new CleanupEffect.GiveAllUp()], decision.Effects);
        Assert.Equal(5, decision.Next.Kept);
    }

    private static CleanupDecision Answered(CleanupState state, Reply<TaskId> reply) =>
        state.Answered(reply, RetryPolicy.Default);

    private static ServiceFault Fault(FaultKind kind) => new(kind, "fault");
}
