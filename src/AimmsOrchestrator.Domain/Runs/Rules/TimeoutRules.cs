using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Runs.Rules;

/// <summary>When a task's time is over, and what then.</summary>
internal sealed class TimeoutRules(TimeLimits limits)
{
    private const string LongRun = "the task ran for longer than timeouts.run";

    /// <summary>What is due now, else how long until something is; nulls where nothing ever is.</summary>
    public (Overdue? Due, TimeSpan? Wait) Next(Run run, DateTimeOffset now, TypicalDurations typical)
    {
        var (at, what) = Earliest(run, typical);
        return at is null ? (null, null)
            : at <= now ? (what, null)
            : (null, at - now);
    }

    private (DateTimeOffset? At, Overdue? What) Earliest(Run run, TypicalDurations typical)
    {
        if (run.TaskState == TaskState.Queued)
        {
            var withdraw = new Overdue(How: null, "it waited in the queue for too long");
            return run.IsDraining
                ? (DateTimeOffset.MinValue, withdraw)
                : (run.SubmittedAt + limits.Queue?.At(typical.Queue), withdraw);
        }

        if (run is { Interrupted: { } unsent, IsInterruptSent: false })
        {
            // It was about to be sent when the program ended, or when the batch wanted to know where the task stands.
            return (DateTimeOffset.MinValue, new Overdue(unsent.How, unsent.Reason));
        }

        if (run.ActiveSince is not { } since || run.Interrupted is { How: Interrupt.Execution })
        {
            return (null, null);
        }

        var runLimit = limits.Run?.At(typical.Run);
        var runEnds = since + runLimit;
        if (run.Interrupted is { } interrupted)
        {
            return AfterInterrupt(run, interrupted, runEnds);
        }

        if (run.IsDraining)
        {
            return (DateTimeOffset.MinValue, new Overdue(Interrupt.Solve, "the batch's stop.at was near"));
        }

        var solveLimit = limits.Solve?.At(typical.Run);
        var solveEnds = since + solveLimit;
        return runEnds is null || solveEnds < runEnds
            ? (solveEnds, new Overdue(Interrupt.Solve, "the task ran for longer than timeouts.solve", solveLimit))
            : (runEnds, new Overdue(Interrupt.Solve, LongRun, runLimit));
    }

    /// <summary>
    /// Asked for its best solution, the task has the grace to hand it back, and only a limit on its whole time ends it. A
    /// procedure that continues with its next solve is asked again.
    /// </summary>
    private (DateTimeOffset? At, Overdue? What) AfterInterrupt(
        Run run,
        TaskInterrupted interrupted,
        DateTimeOffset? runEnds
    )
    {
        if (runEnds <= interrupted.At)
        {
            return (interrupted.At + limits.Grace, new Overdue(Interrupt.Execution, LongRun));
        }

        var askedAgain = run.TaskState == TaskState.Solving ? interrupted.At + (limits.Grace / 2) : runEnds;
        return askedAgain < runEnds || runEnds is null
            ? (askedAgain, new Overdue(Interrupt.Solve, interrupted.Reason))
            : (runEnds, new Overdue(Interrupt.Solve, LongRun));
    }
}
