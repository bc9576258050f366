using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Batches;

public sealed class ResumeOrderTests
{
    [Fact]
    public void Unknown_fates_come_first_then_tasks_at_the_service_then_results_and_pending_runs_wait()
    {
        var at = new DateTimeOffset(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
        var task = new TaskId("7b1f0c52-0d3e-4a35-9a0c-5c0c2f4c9a10");
        var submitting = Run.New.Apply(new SubmitIntended(1, at));
        var atService = submitting.Apply(new Submitted(1, task, at));
        var retrieving = atService.Apply(new TaskCompleted(new TaskSnapshot(task, TaskState.Completed), at));
        var unfinished = new Dictionary<long, Run>
        {
            [0] = Run.New,
            [1] = retrieving,
            [2] = atService,
            [3] = submitting,
            [4] = atService,
        };

        Assert.Equal([3, 2, 4, 1], ResumeOrder.First(unfinished).Select(pair => pair.Key));
    }
}
