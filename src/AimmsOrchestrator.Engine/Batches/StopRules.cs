using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>What stops one drive of a batch before its last run: too many failures, enough results, or the time of day.</summary>
/// <param name="plan">What the scenario says.</param>
/// <param name="taken">What had ended before this drive: a person saw that, and goes on all the same.</param>
/// <param name="now">When the drive begins.</param>
internal sealed class StopRules(BatchPlan plan, BatchTally taken, DateTimeOffset now)
{
    private IStopRule? _enough = plan.StopWhen?.Invoke();

    /// <summary>When the day's work ends; null where it does not.</summary>
    public StopSchedule? Schedule { get; } = plan.StopAt?.After(now);

    /// <summary>Why the batch stops when its time has come.</summary>
    public BatchStop Deadline { get; } = new(BatchEnd.Deadline, $"stop.at {plan.StopAt}");

    /// <summary>A run that ended in an earlier drive. What was enough then is not enough for whoever goes on.</summary>
    public void Replay(RunResults? results)
    {
        if (_enough?.Ended(results) is not null)
        {
            _enough = null;
        }
    }

    /// <summary>A run has ended.</summary>
    /// <returns>Why the batch stops; null where it goes on.</returns>
    public BatchStop? Ended(BatchTally tally, RunResults? results)
    {
        var (failed, ended) = (tally.Failed - taken.Failed, tally.Ended - taken.Ended);
        return plan.FailureBudget?.Verdict(failed, ended) is { } tooMany
                ? new BatchStop(BatchEnd.FailureBudget, tooMany)
            : _enough?.Ended(results) is { } enough ? new BatchStop(BatchEnd.StopRule, enough)
            : null;
    }
}
