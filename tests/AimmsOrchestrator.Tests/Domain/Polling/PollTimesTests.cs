using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Hooks;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Polling;

public sealed class PollTimesTests
{
    [Fact]
    public void Polls_become_rare_as_soon_as_calls_are_trusted_and_come_back_as_soon_as_they_are_not()
    {
        var hooks = new HookTrust();
        var times = new PollTimes(PollBudget.Default, hooks);
        times.Remember([.. Exponential.Sample(60, 100).Select(run => new TaskTimes(TimeSpan.Zero, run))]);
        var task = new TaskWatch(1, new TaskId("a"), TaskState.Running, TimeSpan.Zero);
        var typical = times.NextPoll(task);

        for (var i = 0; i < HookTrust.EndsToTrust; i++)
        {
            hooks.Announced($"{i}");
            hooks.Found($"{i}", TimeSpan.Zero);
        }

        hooks.Review(TimeSpan.Zero, times.Mean);
        Assert.InRange(times.NextPoll(task) / typical, 2, 100);

        hooks.Found("unannounced", TimeSpan.Zero);
        hooks.Review(TimeSpan.FromMinutes(1), times.Mean);
        Assert.Equal(typical, times.NextPoll(task));
    }
}
