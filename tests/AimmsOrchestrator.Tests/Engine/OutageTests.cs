using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>A service that is not there, goes away, refuses, or asks to be left alone.</summary>
public sealed class OutageTests : BatchTest
{
    [Fact]
    public async Task A_service_that_is_not_there_is_tried_as_often_as_the_policy_says()
    {
        Limits = new Limits { MaxUnfinishedTasks = 1 };
        Service.SubmitFault = _ => new ServiceFault(FaultKind.Unreachable, "connection refused");
        Start();
        Advance(seconds: 10);

        Assert.Equal(BatchEnd.ServiceRefused, (await Outcome).End);
        Assert.Equal(3, Service.Submits);
    }

    [Fact]
    public async Task A_refusal_stops_the_batch_with_one_post_and_nothing_is_lost()
    {
        Service.SubmitFault = _ => new ServiceFault(FaultKind.Refused, "403 Forbidden: no service");
        Start();
        Advance(seconds: 1);

        var outcome = await Outcome;
        Assert.Equal(BatchEnd.ServiceRefused, outcome.End);
        Assert.Equal("403 Forbidden: no service", outcome.Reason);
        Assert.Equal(1, Service.Submits);
        Assert.Equal(0, outcome.Tally.Failed);
    }

    [Fact]
    public void Retry_after_keeps_every_run_silent()
    {
        Service.SubmitFault = n =>
            n == 1 ? new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.FromSeconds(20) } : null;
        Start();
        Advance(seconds: 19.9);
        Assert.Equal(1, Service.Submits);

        Advance(seconds: 40);
        Assert.Equal(11, Service.Submits);
        Assert.Equal(10, Steps<RunCompleted>().Count);
    }

    [Fact]
    public async Task A_service_that_goes_away_is_waited_for_and_costs_no_run_an_attempt()
    {
        var isAway = false;
        Service.Outage = () => isAway ? new ServiceFault(FaultKind.Unreachable, "connection refused") : null;
        Runs = new FakeRuns(100);
        Start();
        Advance(seconds: 20);
        var before = Service.RequestTimes.Count;
        isAway = true;
        Advance(TimeSpan.FromHours(1));

        // A few of each run's, then one probe per minute.
        Assert.InRange(Service.RequestTimes.Count - before, 60, 90);
        Assert.Equal("connection refused", Progress!.Away);

        isAway = false;
        Advance(seconds: 300);
        Assert.Equal(100, (await Outcome).Tally.Completed);
        Assert.Null(Progress.Away);
        Assert.Equal(100, Service.Bodies.Distinct().Count());
    }

    [Fact]
    public async Task A_gateway_with_nothing_behind_it_is_an_outage_too()
    {
        var isAway = false;
        Service.Outage = () => isAway ? new ServiceFault(FaultKind.Broken, "502") { HttpStatus = 502 } : null;
        Runs = new FakeRuns(50);
        Start();
        Advance(seconds: 10);
        isAway = true;
        Advance(TimeSpan.FromMinutes(30));
        isAway = false;
        Advance(seconds: 200);

        Assert.Equal(50, (await Outcome).Tally.Completed);
    }
}
