using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling.Concurrency;

namespace AimmsOrchestrator.Tests.Domain.Throttling.Concurrency;

public sealed class ConcurrencyControllerTests
{
    private const int Settled = 20;

    [Theory]
    [InlineData("exponential", 6)]
    [InlineData("lognormal", 6)]
    [InlineData("constant", 6)]
    [InlineData("exponential", 3)]
    [InlineData("lognormal", 20)]
    [InlineData("constant", 1)]
    public void The_places_are_kept_full_and_at_most_three_tasks_wait_once_twenty_have_ended(string kind, int places)
    {
        var runs = RunTimes.Of(kind, 300, mean: 2);

        var service = new SharedService
        {
            Runs = runs,
            Places = places,
            Controller = new ConcurrencyController(32),
        }.Play();

        Assert.InRange(service.Makespan / RunTimes.ListSchedule(runs, places), 1, 1.05);
        Assert.InRange(service.Waits.Where(wait => wait.Ended >= Settled).Max(wait => wait.Waiting), 0, 3);
    }

    [Fact]
    public void A_start_up_that_every_task_has_is_no_wait()
    {
        var runs = RunTimes.Of("exponential", 300, mean: 2);

        var service = new SharedService
        {
            Runs = runs,
            StartUp = 0.3,
            Controller = new ConcurrencyController(32),
        }.Play();

        var occupied = RunTimes.ListSchedule(runs.Select(run => run + 0.3), places: 6);
        Assert.InRange(service.Makespan / occupied, 1, 1.05);
        Assert.InRange(service.Waits.Where(wait => wait.Ended >= Settled).Max(wait => wait.Waiting), 0, 3);
    }

    [Theory]
    [InlineData("exponential")]
    [InlineData("lognormal")]
    public void Whole_seconds_are_exact_enough_for_tasks_of_half_a_minute(string kind)
    {
        var runs = RunTimes.Of(kind, 300, mean: 30);

        var service = new SharedService
        {
            Runs = runs,
            ListInterval = 2,
            IsCoarse = true,
            Controller = new ConcurrencyController(32),
        }.Play();

        Assert.InRange(service.Makespan / RunTimes.ListSchedule(runs, places: 6), 1, 1.05);
        Assert.InRange(service.Waits.Where(wait => wait.Ended >= Settled).Max(wait => wait.Waiting), 0, 3);
    }

    [Theory]
    [InlineData("exponential")]
    [InlineData("lognormal")]
    [InlineData("constant")]
    public void Places_that_are_added_or_go_are_followed(string kind)
    {
        var service = new SharedService
        {
            Runs = RunTimes.Of(kind, 600, mean: 2),
            Changes = [(40, 12), (80, 3)],
            Controller = new ConcurrencyController(32),
        }.Play();

        Assert.All(Targets(service, 20, 40), target => Assert.InRange(target, 6, 9));
        Assert.All(Targets(service, 60, 80), target => Assert.InRange(target, 12, 15));
        Assert.All(Targets(service, 100, double.MaxValue), target => Assert.InRange(target, 3, 6));
    }

    [Theory]
    [InlineData("exponential", 1)]
    [InlineData("exponential", 2)]
    [InlineData("exponential", 3)]
    [InlineData("lognormal", 1)]
    [InlineData("lognormal", 2)]
    [InlineData("lognormal", 3)]
    public void A_colleague_who_submits_a_task_each_second_waits_no_longer_than_with_as_many_tasks_as_places(
        string kind,
        double runs
    )
    {
        var own = RunTimes.Of(kind, 600, mean: 2);

        var found = new SharedService
        {
            Runs = own,
            ColleagueRuns = runs,
            Controller = new ConcurrencyController(32),
        }.Play();
        var six = new SharedService
        {
            Runs = own,
            ColleagueRuns = runs,
            Fixed = 6,
        }.Play();

        Assert.InRange(found.ColleagueWait, 0, six.ColleagueWait);
        Assert.InRange(found.Makespan, 0, 1.05 * six.Makespan);
    }

    [Fact]
    public void The_bound_holds_where_there_are_more_places()
    {
        var controller = new ConcurrencyController(5);

        var service = new SharedService
        {
            Runs = RunTimes.Of("exponential", 100, mean: 2),
            Places = 20,
            Controller = controller,
        }.Play();

        Assert.InRange(service.Waits.Max(wait => wait.Target), 4, 5);
        Assert.Equal(5, controller.Target);
    }

    [Fact]
    public void The_tasks_that_an_earlier_process_left_have_their_slots_within_the_bound()
    {
        Assert.Equal(20, new ConcurrencyController(32, unfinished: 20).Target);
        Assert.Equal(32, new ConcurrencyController(32, unfinished: 100).Target);
        Assert.Equal(4, new ConcurrencyController(32, unfinished: 1).Target);
        Assert.Equal(2, new ConcurrencyController(2).Target);
    }

    [Fact]
    public void A_task_that_the_service_forgot_holds_no_place()
    {
        var controller = new ConcurrencyController(32);
        foreach (var n in Enumerable.Range(0, 4))
        {
            controller.Submitted(Id(n), At(0), At(0));
        }

        controller.Forgotten(Id(3));
        controller.Seen([.. Enumerable.Range(0, 3).Select(n => Running(Id(n)))], At(1), At(1));

        // Three have started at once, and there is no other: six are tried.
        Assert.Equal(6, controller.Target);
    }

    [Theory]
    [InlineData(6, 0.12, 2, 1)] // On average 0.36 ends are not noticed: one place in a hundred is idle, with one that waits.
    [InlineData(6, 0.2, 2, 2)]
    [InlineData(6, 1, 6, 3)]
    [InlineData(30, 10, 10, 3)]
    [InlineData(6, 1, 0, 1)]
    public void The_queue_is_as_long_as_ends_are_late(int places, double late, double run, int length)
    {
        Assert.Equal(length, ShortQueue.Length(places, At(late), At(run)));
    }

    private static IEnumerable<int> Targets(SharedService service, double from, double until) =>
        service.Waits.Where(wait => wait.At > from && wait.At < until).Select(wait => wait.Target);

    private static TaskSnapshot Running(TaskId id) => new(id, TaskState.Running) { QueueTime = TimeSpan.Zero };

    private static TaskId Id(int number) => new($"task-{number}");

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
