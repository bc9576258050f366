using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>How many polls a run may take on average, submit and response not counted.</summary>
public readonly record struct PollBudget
{
    /// <summary>The lowest price, in seconds; below it polls would follow each other without a pause.</summary>
    private const double Least = 1e-4;

    /// <summary>The highest price, in seconds: at it, one poll finds hardly any task running.</summary>
    private const double Most = 1e7;

    /// <param name="pollsPerRun">At least 1: a poll has to find the end.</param>
    public PollBudget(double pollsPerRun)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pollsPerRun, 1);
        PollsPerRun = pollsPerRun;
    }

    /// <summary>The expected number of polls from a task's start to the one that finds it ended.</summary>
    public double PollsPerRun { get; }

    /// <summary>The lowest price at which single polls keep the budget; found by bisection, to one percent.</summary>
    /// <param name="survival">How long tasks run.</param>
    public PollPrice Price(SurvivalFunction survival)
    {
        var (low, high) = (Least, Most);
        while (high > low * 1.01)
        {
            var middle = Math.Sqrt(low * high);
            var polls = InspectionPolicy.Optimal(survival, Of(middle)).ExpectedPolls;
            (low, high) = polls <= PollsPerRun ? (low, middle) : (middle, high);
        }

        return Of(high);
    }

    private static PollPrice Of(double seconds) => new(TimeSpan.FromSeconds(seconds));
}
