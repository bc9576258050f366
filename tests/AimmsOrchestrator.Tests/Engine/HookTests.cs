using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>The service's calls about tasks, through the real actors.</summary>
public sealed class HookTests : BatchTest
{
    private readonly List<ITimer> _calls = [];
    private int _varied;

    public HookTests()
    {
        Hooks = new FakeTaskHooks();
        Runs = new FakeRuns(200);
        Limits = new Limits { MaxUnfinishedTasks = 10 };
        Service.PageSize = 1000;
        Service.TaskDuration = TimeSpan.FromSeconds(20);
        Plan = plan => plan with { Poll = PollPolicy.Adaptive() };
    }

    [Fact]
    public async Task Once_calls_have_proved_themselves_lists_become_rare()
    {
        Service.Taken = _ => VaryDuration();
        var without = await ListsAsync();
        CallAtEnds(after: TimeSpan.Zero, times: 1);
        var with = await ListsAsync();

        Assert.InRange(with, 1, without / 2);
        Assert.InRange(Service.Polls, 200, 300);
        Assert.Equal(0, Hooks!.Open);
    }

    [Fact]
    public async Task A_call_ends_the_wait_of_an_interval()
    {
        Runs = new FakeRuns(10);
        Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromMinutes(5)) };
        CallAtEnds(after: TimeSpan.Zero, times: 2);
        Start();
        Advance(seconds: 100);

        Assert.Equal(10, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.Polls);
    }

    [Fact]
    public async Task A_call_that_comes_before_the_answer_to_the_submit_counts()
    {
        Runs = new FakeRuns(1);
        Service.TaskDuration = TimeSpan.Zero;
        Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromMinutes(5)) };
        Service.Taken = request => Hooks!.Call(request.Hook, isOfEnd: true);
        Start();
        Advance(seconds: 1);

        Assert.Equal(1, (await Outcome).Tally.Completed);
    }

    [Fact]
    public async Task A_flood_of_false_calls_costs_two_polls_a_second_at_most()
    {
        Runs = new FakeRuns(1);
        Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromMinutes(5)) };
        Uri? hook = null;
        Service.Taken = request => hook = request.Hook;
        Start();
        for (var i = 0; i < 100; i++)
        {
            Act(() => Hooks!.Call(hook, isOfEnd: true));
            Advance(seconds: 0.1);
        }

        Assert.InRange(Service.Polls, 10, 21);
        Advance(seconds: 330);
        Assert.Equal(1, (await Outcome).Tally.Completed);
    }

    [Fact]
    public async Task A_false_call_does_not_shorten_the_wait_after_a_fault()
    {
        Runs = new FakeRuns(1);
        Uri? hook = null;
        Service.Taken = request => hook = request.Hook;
        Service.StateFault = _ => new ServiceFault(FaultKind.Overloaded, "500");
        Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromSeconds(1)) };
        Start();
        for (var i = 0; i < 100; i++)
        {
            Advance(seconds: 0.1);
            Act(() => Hooks!.Call(hook, isOfEnd: true));
        }

        Assert.InRange(Service.Polls, 1, 10);
        Service.StateFault = _ => null;
        Advance(seconds: 300);
        Assert.Equal(1, (await Outcome).Tally.Completed);
    }

    [Fact]
    public async Task The_start_of_a_long_task_is_shown_after_a_few_seconds()
    {
        Runs = new FakeRuns(1);
        Service.TaskDuration = TimeSpan.FromHours(1);
        Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromHours(2)) };
        Service.Taken = request => Hooks!.Call(request.Hook, isOfEnd: false);
        Start();
        Advance(seconds: 6);

        Assert.Equal(1, Service.Polls);
        Assert.Single(Steps<TaskSeen>());
        Advance(seconds: 7200);
        Assert.Equal(1, (await Outcome).Tally.Completed);
        Assert.Equal(2, Service.Polls);
    }

    [Fact]
    public async Task Without_calls_every_end_is_found_by_polls()
    {
        Service.Taken = _ => { };
        var lists = await ListsAsync();

        Assert.InRange(lists, 10, 500);
        Assert.Equal(200, Steps<RunCompleted>().Count);
    }

    protected override void Dispose(bool disposing)
    {
        _calls.ForEach(call => call.Dispose());
        base.Dispose(disposing);
    }

    /// <summary>Executes the batch.</summary>
    /// <returns>How often the service's list was read.</returns>
    private async Task<int> ListsAsync()
    {
        Journal.Clear();
        var before = Service.Lists;
        Start();
        Advance(seconds: 900);
        Assert.Equal(200, (await Outcome).Tally.Completed);
        await StopAsync();
        return Service.Lists - before;
    }

    /// <summary>The next task takes from 0.2 to 92 s, 20 s on average: exponential times by the golden ratio.</summary>
    private void VaryDuration()
    {
        _varied++;
        Service.TaskDuration = TimeSpan.FromSeconds(-20 * Math.Log(1 - (_varied * 0.6180339887498949 % 0.99)));
    }

    private void CallAtEnds(TimeSpan after, int times) =>
        Service.Taken = request =>
        {
            for (var i = 0; i < times; i++)
            {
                _calls.Add(
                    Time.CreateTimer(
                        _ => Hooks!.Call(request.Hook, isOfEnd: true),
                        state: null,
                        Service.QueueTime + Service.TaskDuration + after,
                        Timeout.InfiniteTimeSpan
                    )
                );
            }

            VaryDuration();
        };
}
