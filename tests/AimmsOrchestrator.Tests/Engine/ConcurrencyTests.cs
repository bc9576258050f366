using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Domain.Throttling.Concurrency;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>The number of unfinished tasks is found, through the real actors.</summary>
public sealed class ConcurrencyTests : BatchTest
{
    private readonly IReadOnlyList<double> _runs = RunTimes.Of("lognormal", 200, mean: 20);

    public ConcurrencyTests()
    {
        Runs = new FakeRuns(200);
        Limits = new Limits { MaxUnfinishedTasks = 32, FindsConcurrency = true };
        Service.PageSize = 1000;
        Service.Places = 6;
        Service.DurationOf = n => TimeSpan.FromSeconds(_runs[n - 1]);
        Plan = plan => plan with { Poll = PollPolicy.Adaptive() };
    }

    [Theory]
    [InlineData("by the list")]
    [InlineData("task by task")]
    [InlineData("at intervals")]
    public async Task The_places_are_kept_full_and_at_most_three_tasks_wait(string polls)
    {
        if (polls != "by the list")
        {
            Service.ListFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden") { HttpStatus = 403 };
        }

        if (polls == "at intervals")
        {
            Plan = plan => plan with { Poll = PollPolicy.Every(TimeSpan.FromSeconds(1)) };
        }

        Start();
        Advance((1.05 * RunTimes.ListSchedule(_runs, places: 6)) + 5);

        Assert.Equal(200, (await Outcome).Tally.Completed);
        Assert.InRange(Service.Waiting.Skip(40).Max(), 1, 3);
    }

    [Fact]
    public void The_progress_shows_the_number()
    {
        Start();
        Assert.Equal(4, Progress.Concurrency);
        Advance(seconds: 200);

        Assert.InRange(Progress.Concurrency ?? 0, 6, 9);
    }

    [Fact]
    public async Task There_are_never_more_tasks_than_the_bound_allows()
    {
        Service.Places = null;
        Limits = Limits with { MaxUnfinishedTasks = 10 };
        Start();
        Advance(seconds: 900);

        Assert.Equal(200, (await Outcome).Tally.Completed);
        Assert.Equal(10, Service.MostUnfinished);
    }

    [Fact]
    public async Task A_batch_that_is_resumed_begins_with_the_slots_of_its_tasks()
    {
        Service.Places = 20;
        Start();
        Advance(seconds: 100);
        var before = Service.Submits;
        await ResumeAsync();

        Assert.InRange(Progress.Concurrency ?? 0, 15, 32);
        Assert.InRange(Service.Submits, before, before + 12);
        Advance(seconds: 600);

        Assert.Equal(200, (await Outcome).Tally.Completed);
        Assert.Equal(200, Service.Submits);
        Assert.InRange(Service.MostUnfinished, 20, 32);
    }
}
