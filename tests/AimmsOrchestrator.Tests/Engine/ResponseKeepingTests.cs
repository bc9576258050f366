using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>What a batch keeps of its responses, and what that means for runs that ask the same.</summary>
public sealed class ResponseKeepingTests : BatchTest
{
    [Theory]
    [InlineData(ResponseKeeping.All, true)]
    [InlineData(ResponseKeeping.Failed, false)]
    [InlineData(ResponseKeeping.None, false)]
    public async Task Responses_of_completed_runs_are_kept_where_all_are(ResponseKeeping responses, bool isKept)
    {
        await RunAsync(responses);

        Assert.All(Steps<RunCompleted>(), step => Assert.Equal(isKept, step.Response is not null));
        Assert.All(Steps<RunCompleted>(), step => Assert.Equal(isKept, step.Extraction is null));
    }

    [Theory]
    [InlineData(ResponseKeeping.All, true)]
    [InlineData(ResponseKeeping.Failed, true)]
    [InlineData(ResponseKeeping.None, false)]
    public async Task Responses_of_runs_that_are_no_success_are_kept_unless_none_is(
        ResponseKeeping responses,
        bool isKept
    )
    {
        Results.Taken = RunResults.None with { IsSuccess = false };
        await RunAsync(responses);

        Assert.Equal(10, Steps<RunFailed>().Count);
        Assert.All(Steps<RunFailed>(), step => Assert.Equal(isKept, step.Response is not null));
    }

    [Fact]
    public async Task Runs_with_one_key_and_the_same_results_share_a_response_that_is_not_kept()
    {
        Runs = new FakeRuns(100, different: 3);
        await RunAsync(ResponseKeeping.None);

        Assert.Equal(["0", "1", "2"], Service.Bodies.Order());
        Assert.Equal(97, Steps<RunReused>().Count);
    }

    [Fact]
    public async Task Runs_with_other_results_of_a_response_that_is_not_kept_are_sent()
    {
        Runs = new FakeRuns(8, different: 1);
        Results.Extraction = run => run.Index % 2;
        await RunAsync(ResponseKeeping.None);

        Assert.Equal(["0", "0"], Service.Bodies);
        Assert.Equal(6, Steps<RunReused>().Count);
    }

    [Fact]
    public async Task Runs_with_other_results_of_a_response_that_is_kept_are_not()
    {
        Runs = new FakeRuns(8, different: 1);
        Results.Extraction = run => run.Index;
        await RunAsync(ResponseKeeping.All);

        Assert.Equal(["0"], Service.Bodies);
        Assert.Equal(7, Steps<RunReused>().Count);
    }

    [Theory]
    [InlineData(ResponseKeeping.All, true)]
    [InlineData(ResponseKeeping.Failed, true)]
    [InlineData(ResponseKeeping.None, false)]
    public async Task What_a_failed_task_wrote_is_asked_for_once_and_kept_as_responses_says(
        ResponseKeeping responses,
        bool isKept
    )
    {
        Service.End = _ => TaskState.Failed;
        Service.ErrorDocument = """{"status":"error"}""";
        await RunAsync(responses);

        Assert.Equal(10, Steps<TaskFailed>().Count);
        Assert.Equal(10, Service.Responses);
        Assert.All(Steps<RunFailed>(), step => Assert.Equal(isKept, step.Response is not null));
        Assert.All(Steps<RunFailed>(), step => Assert.Equal(RunErrorKind.TaskFailed, step.Error.Kind));
    }

    [Fact]
    public async Task A_process_that_dies_while_it_asks_for_an_error_document_loses_neither()
    {
        Service.End = _ => TaskState.Failed;
        Service.ErrorDocument = """{"status":"error"}""";
        Runs = new FakeRuns(1);
        Service.ResponseFault = n => n == 1 ? new ServiceFault(FaultKind.Unreachable, "away") : null;
        Plan = plan => plan with { Retry = plan.Retry with { InitialInterval = TimeSpan.FromSeconds(60) } };
        Start();
        Advance(seconds: 5);
        Assert.Single(Steps<TaskFailed>());

        await ResumeAsync();
        Advance(seconds: 60);

        Assert.Equal(1, (await Outcome).Tally.Failed);
        Assert.NotNull(Assert.Single(Steps<RunFailed>()).Response);
        Assert.Equal(1, Service.Submits);
    }

    private async Task RunAsync(ResponseKeeping responses)
    {
        Plan = plan => plan with { Responses = responses };
        Start();
        Advance(seconds: 60);
        await Outcome;
    }
}
