using AimmsOrchestrator.Domain.Polling.Lists;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Polling.Lists;

public sealed class ListWalkTests
{
    [Fact]
    public void It_ends_with_the_page_that_has_the_last_task_it_is_after()
    {
        var walk = new ListWalk([Id(1), Id(4)], mostPages: 10);
        walk.Add(Page(total: 100, 5, 4));
        Assert.False(walk.IsOver);
        Assert.Equal(2, walk.Next.Offset);
        walk.Add(Page(total: 100, 3, 2));
        Assert.False(walk.IsOver);
        walk.Add(Page(total: 100, 1, 0));

        Assert.True(walk.IsOver);
        Assert.Empty(walk.Missing);
        Assert.Equal(5, walk.Deepest);
        Assert.True(walk.IsPaged);
    }

    [Fact]
    public void It_ends_where_the_list_ends_and_says_what_it_did_not_have()
    {
        var walk = new ListWalk([Id(1), Id(9)], mostPages: 10);
        walk.Add(Page(total: 2, 1, 0));

        Assert.True(walk.IsOver);
        Assert.Equal([Id(9)], walk.Missing);
        Assert.False(walk.IsPaged);
    }

    [Fact]
    public void A_list_that_gives_its_first_page_again_and_again_is_not_walked_for_ever()
    {
        var walk = new ListWalk([Id(9)], mostPages: 10);
        walk.Add(Page(total: 100, 2, 1));
        walk.Add(Page(total: 100, 2, 1));

        Assert.True(walk.IsOver);
    }

    [Fact]
    public void It_gives_up_after_the_most_pages()
    {
        var walk = new ListWalk([Id(1000)], mostPages: 3);
        walk.Add(Page(total: 100, 1));
        walk.Add(Page(total: 100, 2));
        Assert.False(walk.IsOver);
        walk.Add(Page(total: 100, 3));

        Assert.True(walk.IsOver);
    }

    private static TaskPage Page(int total, params int[] ids) =>
        new([.. ids.Select(id => new TaskSnapshot(Id(id), TaskState.Running))], total);

    private static TaskId Id(int number) => new($"task-{number}");
}
