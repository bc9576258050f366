using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Accounts;

/// <summary>What a batch does about slots that were left at its account.</summary>
public sealed class LeftSlotSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 18, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly LeftSlot WithTask = Slot(run: 0, new TaskId("t"), minutes: 1);
    private static readonly LeftSlot Old = Slot(run: 1, task: null, minutes: 11);
    private static readonly LeftSlot Young = Slot(run: 2, task: null, minutes: 10);
    private static readonly LeftSlot[] All = [Old, WithTask, Young];

    [Fact]
    public void A_batch_that_never_waited_for_a_slot_reads_none() => Assert.False(LeftSlotSearch.Start.IsDue);

    [Fact]
    public void A_batch_that_waited_polls_their_tasks_and_frees_the_submits_that_are_old_enough()
    {
        var decision = Found(LeftSlotSearch.Start.Waited(), All, isWaiting: true);

        Assert.Equal([WithTask], decision.ToPoll);
        Assert.Equal([Old], decision.ToFree);
        Assert.Equal((true, true), (decision.Next.AreWanted, decision.Next.AreWarnedOf));
    }

    [Fact]
    public void One_that_waits_no_longer_does_so_once_more_and_then_reads_for_the_warnings_sake_alone()
    {
        var once = Found(LeftSlotSearch.Start.Waited(), All, isWaiting: false);
        var again = Found(once.Next, All, isWaiting: false);

        Assert.Equal([WithTask], once.ToPoll);
        Assert.True(once.Next.IsDue);
        Assert.Empty(again.ToPoll.Concat(again.ToFree));
        Assert.True(again.Next.IsDue);
        Assert.False(Found(again.Next, [], isWaiting: false).Next.IsDue);
    }

    [Fact]
    public void One_that_waits_reads_on_where_it_found_none() =>
        Assert.True(Found(LeftSlotSearch.Start.Waited(), [], isWaiting: true).Next.IsDue);

    [Fact]
    public void A_slot_comes_back_by_a_task_that_has_ended_or_is_not_there()
    {
        Assert.True(LeftSlotSearch.IsFreed(new TaskSnapshot(new TaskId("t"), TaskState.Completed)));
        Assert.False(LeftSlotSearch.IsFreed(new TaskSnapshot(new TaskId("t"), TaskState.Running)));
        Assert.True(LeftSlotSearch.IsFreed(new ServiceFault(FaultKind.Unknown, "404")));
        Assert.False(LeftSlotSearch.IsFreed(new ServiceFault(FaultKind.Unreachable, "away")));
    }

    private static LeftSlotDecision Found(LeftSlotSearch search, IReadOnlyList<LeftSlot> found, bool isWaiting) =>
        search.Found(found, isWaiting, Now, Patience);

    private static LeftSlot Slot(long run, TaskId? task, double minutes) =>
        new(new BatchId("other-1"), new RunReference(2, run), Attempt: 1, Epoch: 1, task, Now.AddMinutes(-minutes));
}
