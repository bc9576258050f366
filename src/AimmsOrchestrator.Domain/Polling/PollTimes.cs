using AimmsOrchestrator.Domain.Polling.Hooks;
using AimmsOrchestrator.Domain.Polling.Lifetimes;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// How long tasks take, and when a poll pays by that: run times for tasks that are running, the time in the queue and the run
/// together for those that are not.
/// </summary>
internal sealed class PollTimes(PollBudget budget, HookTrust hooks)
{
    /// <summary>With fewer ended tasks the price is that of tasks without memory.</summary>
    private const int FewestEnded = 5;

    /// <summary>The mean forgets at this pace, so that it follows a change.</summary>
    private const int Window = 100;

    private static readonly TimeSpan ShortestMean = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Tasks of a service take about this time at least, until one has ended: polls that begin with milliseconds spend the
    /// budget before the first end.
    /// </summary>
    private static readonly TimeSpan FirstMean = TimeSpan.FromSeconds(1);

    private PollPlanner _runs = new();
    private PollPlanner _tasks = new();
    private TimeSpan _mean = FirstMean;
    private TimeSpan _total;
    private PollPrice? _price;
    private int _ended;

    /// <summary>How long tasks take on average; while none has ended, for how long the oldest was seen unfinished.</summary>
    public TimeSpan Mean => _mean > ShortestMean ? _mean : ShortestMean;

    /// <summary>What was spent of the budget.</summary>
    public PollSpending Spending { get; } = new(budget);

    /// <summary>Calls of hooks change it at any time, the rest only what was learned.</summary>
    private PollPrice Price =>
        (
            _price ??= (_ended < FewestEnded ? budget.PriceFor(Mean) : budget.PriceFor(_tasks.Survival, Mean)).Times(
                Spending.Factor
            )
        ).Times(hooks.PriceFactor);

    /// <summary>Takes in how long tasks of earlier batches took; changes nothing once a task of this batch has ended.</summary>
    /// <param name="earlier">Their times, in any order.</param>
    public bool Remember(IReadOnlyList<TaskTimes> earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (_ended > 0 || earlier.Count == 0)
        {
            return false;
        }

        _runs = new PollPlanner(EarlierTimes.Sample(earlier.Select(task => task.Run)));
        var totals = EarlierTimes.Sample(earlier.Select(task => task.Queue + task.Run));
        _tasks = new PollPlanner(totals);
        _ended = totals.Count;
        _total = totals.Aggregate(TimeSpan.Zero, (sum, total) => sum + total);
        _mean = _total / _ended;
        _price = null;
        return true;
    }

    /// <summary>A task was seen running.</summary>
    /// <param name="seenRunning">The age at which it had been seen running before.</param>
    /// <param name="age">Its age.</param>
    public void StillRunning(TimeSpan seenRunning, TimeSpan age)
    {
        if (age > seenRunning)
        {
            _runs.StillRunning(seenRunning, age);
        }
    }

    /// <summary>A task has ended.</summary>
    /// <param name="seenRunning">The age at which it was last seen running; zero where it never was.</param>
    /// <param name="queue">How long it waited.</param>
    /// <param name="run">How long it ran.</param>
    public void Ended(TimeSpan seenRunning, TimeSpan queue, TimeSpan run)
    {
        _runs.Ended(seenRunning, run);
        _tasks.Ended(TimeSpan.Zero, queue + run);
        _ended++;
        _total += queue + run;
        _mean += (queue + run - _mean) / Math.Min(_ended, Window);
    }

    /// <summary>Takes in what was observed, if it is enough to change plans.</summary>
    /// <param name="watched">The tasks that are not known to have ended; at least one.</param>
    /// <param name="requestsPerListing">How many requests a listing takes; 0 where tasks are polled one by one.</param>
    /// <returns>Whether plans made before are out of date.</returns>
    public bool Learn(IReadOnlyCollection<TaskWatch> watched, int requestsPerListing)
    {
        var hasLearned =
            _runs.Learn(watched.Where(task => task.IsRunning).Select(task => task.At(task.SeenAt)))
            | _tasks.Learn(watched.Where(task => !task.IsRunning).Select(task => task.At(task.SeenAt)));
        if (_ended < Window)
        {
            _mean = MeanOf(watched);
        }

        if (hasLearned)
        {
            Spending.Review(requestsPerListing);
        }

        _price = hasLearned || _ended < FewestEnded ? null : _price;
        return hasLearned;
    }

    /// <summary>When to poll a task by itself.</summary>
    public TimeSpan NextPoll(TaskWatch task) => task.Since + Planner(task).Policy(Price).NextPoll(task.SeenAge);

    /// <summary>How long until a listing pays, and whether listings cost less than single polls.</summary>
    /// <param name="watched">The tasks that it would tell of; at least one.</param>
    /// <param name="now">The moment.</param>
    /// <param name="requests">How many requests it takes.</param>
    public (TimeSpan Wait, bool IsCheaper) Listing(IReadOnlyCollection<TaskWatch> watched, TimeSpan now, int requests)
    {
        var running = watched.Where(task => task.IsRunning).Select(task => task.At(now)).ToList();
        var others = watched.Where(task => !task.IsRunning).Select(task => task.At(now)).ToList();
        var next = ListingPolicy.Next(
            [new ExpectedEnds(_runs.Survival, running), new ExpectedEnds(_tasks.Survival, others)],
            Price.Of(requests)
        );
        var alone = running.Count >= others.Count ? _runs : _tasks;
        return (next.Wait, next.CostPerEnd <= alone.Policy(Price).ExpectedCost);
    }

    /// <summary>
    /// The first to end are the shortest, so that what still runs counts with the time that it has run: exact for tasks without
    /// memory.
    /// </summary>
    private TimeSpan MeanOf(IReadOnlyCollection<TaskWatch> watched)
    {
        if (_ended > 0)
        {
            return watched.Aggregate(_total, (sum, task) => sum + task.SeenAge) / _ended;
        }

        var oldest = watched.Max(task => task.SeenAge);
        return oldest > FirstMean ? oldest : FirstMean;
    }

    private PollPlanner Planner(TaskWatch task) => task.IsRunning ? _runs : _tasks;
}
