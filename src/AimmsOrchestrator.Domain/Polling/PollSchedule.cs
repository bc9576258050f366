using AimmsOrchestrator.Domain.Polling.Hooks;
using AimmsOrchestrator.Domain.Polling.Lists;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Polling;

/// <summary>
/// When to ask the service which tasks have ended: by its list, which tells of all tasks at once, or task by task, by what
/// costs less. Moments are on a monotonic clock that starts anywhere.
/// </summary>
/// <param name="budget">What a request may cost.</param>
/// <param name="hooks">Whether the service's calls make polls rare.</param>
public sealed class PollSchedule(PollBudget budget, HookTrust hooks)
{
    /// <summary>After this number of lists in a row without it, a task is polled by itself.</summary>
    private const int MostMisses = 2;

    /// <summary>New tasks change the plan at most this often in the time that tasks usually take.</summary>
    private const int PlansPerTask = 100;

    /// <summary>A task that the list calls unfinished after this number of mean times is polled by itself, and again once its age has doubled.</summary>
    private const int MeansUntilCheck = 3;

    private static readonly TimeSpan ShortestCheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>The service states the times in the queue and of the run in whole seconds at worst.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2.5);

    private readonly Dictionary<TaskId, TaskWatch> _watched = [];
    private readonly Dictionary<TaskId, (TaskWatch Watch, TimeSpan At)> _asked = [];
    private readonly PollTimes _times = new(budget, hooks);
    private TimeSpan _listAt;
    private TimeSpan? _nextPlanAt;
    private bool _isByList;
    private bool _hasNews = true;

    /// <summary>What is known of the list.</summary>
    public ListUse List { get; } = new();

    /// <summary>The watched tasks.</summary>
    public IReadOnlyCollection<TaskWatch> Watched => _watched.Values;

    /// <summary>Takes in how long tasks of earlier batches of the service took; this batch's own count for more.</summary>
    public void Remember(IReadOnlyList<TaskTimes> earlier)
    {
        if (_times.Remember(earlier))
        {
            PlanPolls();
        }
    }

    /// <summary>Watches a task, which is new here or was unfinished when it was asked.</summary>
    public void Watch(TaskWatch task, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(task);
        var isAsked = _asked.Remove(task.Task, out var before);
        if (isAsked && before.Watch.IsRunning && task.IsRunning && before.At > task.Since)
        {
            _times.StillRunning(before.Watch.SeenAge, before.At - task.Since);
        }

        // An answer says how it was when it was asked; that a task was accepted does not say for how long it runs.
        var seen = task with
        {
            SeenAt = isAsked ? before.At : task.Since,
            CheckAt = Later(now + ShortestCheck, FirstCheck(task, now)),
        };
        _watched[task.Task] = seen with { PollAt = _times.NextPoll(seen) };
        _hasNews = true;
    }

    /// <summary>Ends a watch, until the task has ended or is watched again; what is not watched changes nothing.</summary>
    /// <param name="task">The task.</param>
    /// <param name="asked">When it is, or was, asked for its state.</param>
    public void Unwatch(TaskId task, TimeSpan asked)
    {
        if (_watched.Remove(task, out var watch))
        {
            _asked[task] = (watch, asked);
        }
    }

    /// <summary>A task is of no interest any more.</summary>
    public void Forget(TaskId task)
    {
        _watched.Remove(task);
        _asked.Remove(task);
    }

    /// <summary>A task has ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="queue">How long it waited at the service; null where that is not known.</param>
    /// <param name="run">How long it ran; null where that is not known.</param>
    public void Ended(TaskId task, TimeSpan? queue, TimeSpan? run)
    {
        var watch = _asked.TryGetValue(task, out var asked) ? asked.Watch : null;
        var seen = watch is { IsRunning: true } ? watch.SeenAge : TimeSpan.Zero;
        if (watch is not null && EndOf(watch, queue, run) + ClockGrain < watch.SeenAt)
        {
            // Only the list can have called it unfinished after its end.
            List.Lagged();
            ListIsRead();
        }

        Forget(task);
        _times.Spending.Ended();
        if (run is { } ran)
        {
            _times.Ended(seen < ran ? seen : ran, queue ?? TimeSpan.Zero, ran);
        }
    }

    /// <summary>What to do now. Tasks that are to be polled are not watched any more.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="isListing">Whether the list is being read.</param>
    public PollPlan Plan(TimeSpan now, bool isListing)
    {
        if (_watched.Count == 0)
        {
            return PollPlan.Nothing;
        }

        var isPriceNew = hooks.Review(now, _times.Mean);
        if (isPriceNew)
        {
            _nextPlanAt = null;
        }

        if (_times.Learn(_watched.Values, _isByList ? List.Requests(_watched.Count) : 0) || isPriceNew)
        {
            PlanPolls();
        }

        if (_hasNews && !isListing && !(now < _nextPlanAt))
        {
            Replan(now);
        }

        var isListDue = _isByList && !isListing && now >= _listAt;
        var (due, next) = TakeDue(now);
        _times.Spending.Polled(due.Count + (isListDue ? List.Requests(_watched.Count) : 0));
        if (_isByList && !isListing && !isListDue)
        {
            next = _listAt < next ? _listAt : next;
        }

        if (_hasNews && !isListing && _nextPlanAt < next)
        {
            next = _nextPlanAt.Value;
        }

        if (hooks.NextReview(_times.Mean) < next)
        {
            next = hooks.NextReview(_times.Mean)!.Value;
        }

        return new PollPlan(due, isListDue, next - now > ShortestWait ? next - now : ShortestWait);
    }

    /// <summary>The list was read, or could not be: the next time is planned anew.</summary>
    public void ListIsRead() => (_hasNews, _nextPlanAt) = (true, null);

    /// <summary>What the list says of a watched task.</summary>
    /// <param name="snapshot">The task in the list.</param>
    /// <param name="askedAt">When the list was asked.</param>
    /// <returns>The watch that ends, since the task has changed its state; null where nothing changed.</returns>
    public TaskWatch? Listed(TaskSnapshot snapshot, TimeSpan askedAt)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!_watched.TryGetValue(snapshot.Id, out var task))
        {
            return null;
        }

        if (snapshot.State != task.State)
        {
            // An end of which the list says too little takes one more poll.
            _times.Spending.Polled(snapshot.State.IsEnded() && !snapshot.TellsItsEnd ? 1 : 0);
            Unwatch(snapshot.Id, askedAt);
            return task;
        }

        if (askedAt > task.SeenAt)
        {
            if (task.IsRunning)
            {
                _times.StillRunning(task.SeenAge, askedAt - task.Since);
            }

            var seen = task with { SeenAt = askedAt, Misses = 0 };
            _watched[snapshot.Id] = seen with { PollAt = _times.NextPoll(seen) };
        }

        return null;
    }

    /// <summary>A list that was read to its end did not have the task.</summary>
    public void Missed(TaskId id)
    {
        if (_watched.TryGetValue(id, out var task))
        {
            _watched[id] = task with { Misses = task.Misses + 1 };
        }
    }

    private void PlanPolls()
    {
        _hasNews = true;
        foreach (var task in _watched.Values.ToList())
        {
            _watched[task.Task] = task with { PollAt = _times.NextPoll(task) };
        }
    }

    private void Replan(TimeSpan now)
    {
        (_hasNews, _nextPlanAt) = (false, now + (_times.Mean / PlansPerTask));
        if (!List.IsUsable(now))
        {
            // Once it may be asked again, it is to be considered.
            (_isByList, _hasNews, _nextPlanAt) = (false, List.Refusal is null, List.UsableAt);
            return;
        }

        var (wait, isCheaper) = _times.Listing(_watched.Values, now, List.Requests(_watched.Count));
        _isByList = isCheaper;
        _listAt = now + wait;
    }

    private (List<TaskWatch> Due, TimeSpan Next) TakeDue(TimeSpan now)
    {
        List<TaskWatch> due = [];
        var next = now + LongestWait;
        foreach (var task in _watched.Values)
        {
            var at = _isByList && task.Misses < MostMisses ? task.CheckAt : task.PollAt;
            if (at <= now)
            {
                due.Add(task);
            }
            else if (at < next)
            {
                next = at;
            }
        }

        due.ForEach(task => Unwatch(task.Task, now));
        return (due, next);
    }

    private TimeSpan FirstCheck(TaskWatch task, TimeSpan now)
    {
        var check = task.Since + (MeansUntilCheck * _times.Mean);
        return check > now ? check : now + (now - task.Since);
    }

    private static TimeSpan? EndOf(TaskWatch task, TimeSpan? queue, TimeSpan? run) =>
        task.Since + run + (task.IsRunning ? TimeSpan.Zero : queue);

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
