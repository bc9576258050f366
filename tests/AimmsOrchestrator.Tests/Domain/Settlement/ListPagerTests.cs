using AimmsOrchestrator.Domain.Settlement.Listing;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement;

/// <summary>The walk through the pages of the service's list.</summary>
public sealed class ListPagerTests
{
    private static readonly ListPager Start = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Every_page_is_asked_for_until_the_total_is_reached()
    {
        var first = Start.Add(Page(total: 3, "c", "b"));
        Assert.Equal((false, 2), (first.IsAtEnd, first.Next.Offset));

        var all = first.Add(Page(total: 3, "a"));
        Assert.True(all is { IsAtEnd: true, IsComplete: true });
        Assert.Equal(["c", "b", "a"], all.Tasks.Select(task => task.Id.Value));
    }

    [Fact]
    public void A_list_that_changes_its_length_is_not_complete()
    {
        var all = Start.Add(Page(total: 3, "c", "b")).Add(Page(total: 4, "b", "a")).Add(Page(total: 4, "z"));

        Assert.True(all is { IsAtEnd: true, IsComplete: false });
        Assert.Equal(["c", "b", "a", "z"], all.Tasks.Select(task => task.Id.Value));
    }

    [Fact]
    public void A_page_without_a_new_task_ends_the_walk()
    {
        var stuck = Start.Add(Page(total: 3, "c", "b")).Add(Page(total: 3, "b"));

        Assert.True(stuck is { IsAtEnd: true, IsComplete: false });
    }

    private static TaskPage Page(int total, params string[] ids) =>
        new([.. ids.Select(id => new TaskSnapshot(new TaskId(id), TaskState.Running))], total);
}
