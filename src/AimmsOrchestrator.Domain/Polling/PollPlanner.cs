using AimmsOrchestrator.Domain.Polling.Lifetimes;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// Learns from every poll how long tasks take, and plans the next poll of one task, or of all by listing them. One planner
/// knows one duration: that of running tasks, or of tasks from the submit to the end. Not safe for use by several threads.
/// </summary>
/// <param name="earlier">Durations known from earlier batches, oldest first; null where there are none.</param>
public sealed class PollPlanner(IEnumerable<TimeSpan>? earlier = null)
{
    private readonly LifetimeModel _model = new(earlier);
    private (SurvivalFunction Survival, PollPrice Price, InspectionPolicy Policy)? _optimal;

    /// <summary>How likely a task still runs at an age, as far as is known.</summary>
    public SurvivalFunction Survival => _model.Survival;

    /// <summary>A task has ended.</summary>
    /// <param name="seenRunning">The age at which it was last seen running; zero where it never was.</param>
    /// <param name="duration">How long it took, as the service says.</param>
    public void Ended(TimeSpan seenRunning, TimeSpan duration) => _model.Ended(seenRunning, duration);

    /// <summary>A task was seen running.</summary>
    /// <param name="seenRunning">The age at which it had been seen running before; zero where it never was.</param>
    /// <param name="age">Its age now.</param>
    public void StillRunning(TimeSpan seenRunning, TimeSpan age) => _model.StillRunning(seenRunning, age);

    /// <summary>Takes in what was observed, if it is enough to change the plan.</summary>
    /// <param name="tasks">The tasks that are not known to have ended.</param>
    /// <returns>Whether plans made before are out of date.</returns>
    public bool Learn(IEnumerable<WatchedTask> tasks)
    {
        if (!_model.IsStale)
        {
            return false;
        }

        _model.Renew(tasks.Select(t => t.SeenRunning));
        return true;
    }

    /// <summary>When to poll one task by itself.</summary>
    /// <param name="price">What a poll costs.</param>
    public InspectionPolicy Policy(PollPrice price)
    {
        if (_optimal is not { } optimal || optimal.Survival != Survival || optimal.Price != price)
        {
            _optimal = optimal = (Survival, price, InspectionPolicy.Optimal(Survival, price));
        }

        return optimal.Policy;
    }

    /// <summary>When to poll all tasks by listing them.</summary>
    /// <param name="tasks">The tasks that are not known to have ended; at least one.</param>
    /// <param name="price">What a request costs.</param>
    /// <param name="requests">How many requests a listing takes.</param>
    public NextListing Listing(IReadOnlyList<WatchedTask> tasks, PollPrice price, int requests = 1) =>
        ListingPolicy.Next(Survival, tasks, price.Of(requests));
}
