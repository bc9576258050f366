using AimmsOrchestrator.Batches.Execution;
using AimmsOrchestrator.Batches.Planning;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Scenarios;

namespace AimmsOrchestrator.Tests.Batches;

/// <summary>Which answers of earlier batches count: those that are no success do, those that were cut too early do not.</summary>
public sealed class AnswerTests : IDisposable
{
    private const string Infeasible = "success: response.objective > 1";

    private readonly TestRoom _room = new();

    [Fact]
    public async Task A_rerun_asks_nothing_again_that_completed_and_is_no_success()
    {
        var scenario = _room.Scenario(more: Infeasible);
        var (first, _) = await ExecuteAsync(scenario);
        Assert.Equal(3, _room.Service.Submits);
        var plan = PlanOverview.Of(scenario, _room.Workspace, () => 0.5);
        Assert.Equal((3, 0), (plan.Status!.Done, plan.ToDo));

        var (again, outcome) = await ExecuteAsync(scenario);

        Assert.Equal((0L, 3L), (outcome.Tally.Completed, outcome.Tally.Failed));
        Assert.Equal(3, _room.Service.Submits);
        using var reader = _room.Workspace.OpenReader();
        Assert.All(
            reader.Runs(again.Number).ToList(),
            run =>
            {
                Assert.Equal(RunErrorKind.NotSuccess, run.Error!.Kind);
                Assert.Equal($"{first.Id}#{run.Index}", run.ReusedFrom);
                Assert.Equal("""{"objective":1}""", run.ResultsJson);
                using var response = new MemoryStream();
                Assert.True(reader.CopyResponse(again.Number, run.Index, response));
            }
        );
    }

    [Fact]
    public async Task A_scenario_that_calls_the_same_answer_a_success_completes_with_it()
    {
        await ExecuteAsync(_room.Scenario(more: Infeasible));

        var (_, outcome) = await ExecuteAsync(_room.Scenario(more: "success: response.objective > 0"));

        Assert.Equal((3L, 3), (outcome.Tally.Completed, _room.Service.Submits));
    }

    [Fact]
    public async Task Copied_answers_that_are_no_success_do_not_use_up_the_failures_that_a_batch_may_have()
    {
        var numbers = string.Join(", ", Enumerable.Range(1, 30));
        await ExecuteAsync(_room.Scenario(numbers, Infeasible));

        var (_, outcome) = await ExecuteAsync(_room.Scenario(numbers, $"{Infeasible}\nstop: {{ failures: 1 }}"));

        Assert.Equal((BatchEnd.AllRunsEnded, 30L), (outcome.End, outcome.Tally.Failed));
    }

    [Fact]
    public async Task Retry_leaves_them_and_asks_them_again_only_on_purpose()
    {
        var scenario = _room.Scenario(more: Infeasible);
        _room.Service.End = n => n == 2 ? TaskState.Failed : TaskState.Completed;
        var (batch, _) = await ExecuteAsync(scenario);
        Assert.Equal((2L, 1L), Failures(batch));

        await _room.ExecuteAsync(r => r.RetryAsync(batch, scenario, RetrySelection.Failed));
        Assert.Equal((3L, 0L), Failures(batch));
        Assert.Equal(4, _room.Service.Submits);

        // Also where an earlier batch has the same answers.
        await ExecuteAsync(scenario);
        var (_, outcome) = await _room.ExecuteAsync(r => r.RetryAsync(batch, scenario, RetrySelection.NotSuccess));
        Assert.Equal((3L, 7), (outcome.Tally.Failed, _room.Service.Submits));
    }

    [Fact]
    public async Task Runs_of_one_key_that_are_asked_again_ask_once()
    {
        var scenario = _room.Scenario("1, 1, 1", Infeasible);
        var (batch, _) = await ExecuteAsync(scenario);
        Assert.Equal(1, _room.Service.Submits);

        await _room.ExecuteAsync(r => r.RetryAsync(batch, scenario, RetrySelection.NotSuccess));

        Assert.Equal(2, _room.Service.Submits);
        Assert.Equal((3L, 0L), Failures(batch));
    }

    [Fact]
    public async Task A_process_that_dies_before_it_asks_again_leaves_that_to_the_next_one()
    {
        var scenario = _room.Scenario(more: Infeasible);
        var (batch, _) = await ExecuteAsync(scenario);
        await _room.ExecuteAsync(
            r => r.RetryAsync(batch, scenario, RetrySelection.NotSuccess),
            interrupted: new CancellationToken(canceled: true)
        );

        await _room.ExecuteAsync(r => r.ResumeAsync(batch, scenario));

        Assert.Equal(6, _room.Service.Submits);
    }

    [Fact]
    public async Task An_incumbent_is_asked_again_with_a_longer_limit_and_copied_with_its_mark_otherwise()
    {
        _room.Service.TaskDuration = TimeSpan.FromHours(1);
        await ExecuteAsync(_room.Scenario(more: "timeouts: { solve: 200ms }"));
        Assert.Equal(3, _room.Service.Submits);

        var (same, _) = await ExecuteAsync(_room.Scenario(more: "timeouts: { solve: 150ms, run: 2h }"));
        Assert.Equal(3, _room.Service.Submits);
        using (var reader = _room.Workspace.OpenReader())
        {
            Assert.All(reader.Runs(same.Number).ToList(), run => Assert.True(run.IsIncumbent));
            Assert.Equal(3, reader.Marks(same.Number)["incumbent"]);
        }

        var longer = _room.Scenario(more: "timeouts: { solve: 300ms }");
        var plan = PlanOverview.Of(longer, _room.Workspace, () => 0.5);
        Assert.Equal((0, 3), (plan.Status!.Done, plan.ToDo));
        Assert.Equal([(TimeSpan.FromSeconds(0.2), 3L)], plan.Status.Incumbents);
        Assert.Equal((3, 0, 0), (plan.Changes!.Incumbents, plan.Changes.Dropped, plan.Changes.Unfinished));

        _room.Service.TaskDuration = TimeSpan.Zero;
        var (whole, _) = await ExecuteAsync(longer);
        Assert.Equal(6, _room.Service.Submits);
        using (var reader = _room.Workspace.OpenReader())
        {
            Assert.All(reader.Runs(whole.Number).ToList(), run => Assert.False(run.IsIncumbent));
        }

        // What was not cut answers every limit.
        await ExecuteAsync(_room.Scenario());
        Assert.Equal(6, _room.Service.Submits);
    }

    public void Dispose() => _room.Dispose();

    private Task<(BatchRecord Batch, BatchOutcome Outcome)> ExecuteAsync(Scenario scenario) =>
        _room.ExecuteAsync(r => r.OpenAsync(scenario, TestRoom.Run));

    private (long NotSuccess, long Retried) Failures(BatchRecord batch)
    {
        using var reader = _room.Workspace.OpenReader();
        var failures = reader.CountFailures(batch.Number);
        return (failures.NotSuccess, failures.Retried);
    }
}
