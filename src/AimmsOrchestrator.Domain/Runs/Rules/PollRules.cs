using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>How an unfinished task is polled next: after an interval of the scenario's, or when the poller plans it.</summary>
internal sealed class PollRules(PollPolicy policy, TimeLimits limits)
{
    /// <summary>A task is polled once its age has doubled, and not sooner than this, whatever the poller plans.</summary>
    private static readonly TimeSpan Backstop = TimeSpan.FromMinutes(10);

    private readonly TimeoutRules _timeouts = new(limits);

    /// <summary>The service has just accepted the task.</summary>
    public RunEffect First(Run run, RunMoment moment) =>
        policy.IsAdaptive
            ? Watch(run, TimeSpan.Zero, _timeouts.Next(run, moment.Now, moment.Typical).Wait, moment.Now)
            : PollAfter(run, policy.WaitAfter(0), moment.Now);

    /// <summary>Something was done about the task, and its effect will show soon: the intervals begin again.</summary>
    public RunEffect.Poll Soon(Run run) => new(run.TaskId!.Value, policy.WaitAfter(0));

    /// <summary>The task was seen unfinished.</summary>
    /// <param name="run">The run, with what was seen.</param>
    /// <param name="latest">How long until a time limit is over; null where none is known.</param>
    /// <param name="now">When it was seen.</param>
    public RunEffect Next(Run run, TimeSpan? latest, DateTimeOffset now)
    {
        if (policy.IsAdaptive && run.Interrupted is null && !run.IsDraining)
        {
            var since = run.TaskState.IsExecuting() ? run.ActiveSince : run.SubmittedAt;
            return Watch(run, now - (since ?? now), latest, now);
        }

        var wait = policy.WaitAfter(run.Polls);
        return PollAfter(run, latest < wait ? latest.Value : wait, now);
    }

    private RunEffect Watch(Run run, TimeSpan age, TimeSpan? limit, DateTimeOffset now)
    {
        var backstop = age > Backstop ? age : Backstop;
        var latest = IsRechecked(run) && policy.Max < backstop ? policy.Max : backstop;
        var within = HintRules.Shorter(HintRules.Shorter(latest, limit), run.Hints.Wait(now));
        return within == TimeSpan.Zero
            ? new RunEffect.Poll(run.TaskId!.Value, TimeSpan.Zero)
            : new RunEffect.Watch(run.TaskId!.Value, run.TaskState, age, within!.Value);
    }

    private static RunEffect.Poll PollAfter(Run run, TimeSpan wait, DateTimeOffset now) =>
        new(run.TaskId!.Value, HintRules.Shorter(wait, run.Hints.Wait(now))!.Value);

    /// <summary>A limit in medians may become known at any time, and the time of a running task begins with its start.</summary>
    private bool IsRechecked(Run run) => limits.AreRelative || (limits.LimitRuns && !run.TaskState.IsExecuting());
}
