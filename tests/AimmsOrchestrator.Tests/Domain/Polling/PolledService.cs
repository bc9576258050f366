using AimmsOrchestrator.Domain.Polling;
using AimmsOrchestrator.Domain.Polling.Hooks;
using AimmsOrchestrator.Domain.Polling.Lists;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Polling;

/// <summary>
/// A batch at a service in virtual time: as many tasks as there are places, the next one as soon as an end is noticed, and
/// requests that take no time.
/// </summary>
/// <param name="seconds">How long the tasks run, in order.</param>
/// <param name="places">How many run at a time.</param>
/// <param name="page">How many tasks a page of the list has, the newest first; 0 where the list is refused.</param>
internal sealed class PolledService(IReadOnlyList<double> seconds, int places, int page)
{
    /// <summary>No request is quicker.</summary>
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<TaskId, PolledTask> _tasks = [];
    private readonly List<PolledTask> _all = [];
    private TimeSpan _now;

    /// <summary>How long it takes from the service's acceptance of a task until it is watched; none by default.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Polls of one task, and pages of the list.</summary>
    public int Requests { get; private set; }

    /// <summary>The mean time from an end to the poll that found it, as a part of the mean run.</summary>
    public double Lateness => _all.Sum(task => (task.NoticedAt - task.EndsAt).TotalSeconds) / seconds.Sum();

    /// <summary>Polls and pages, submits and responses not counted.</summary>
    public double RequestsPerRun => (double)Requests / seconds.Count;

    /// <summary>Executes the batch.</summary>
    /// <param name="budget">What polls may cost.</param>
    /// <param name="earlier">How long tasks of earlier batches ran.</param>
    public PolledService Execute(PollBudget budget, params IEnumerable<TimeSpan> earlier)
    {
        var schedule = new PollSchedule(budget, new HookTrust());
        schedule.Remember([.. earlier.Select(run => new TaskTimes(TimeSpan.Zero, run))]);
        var open = places;
        while (true)
        {
            for (; open > 0 && _all.Count < seconds.Count; open--)
            {
                Start(schedule);
            }

            if (_tasks.Count == 0)
            {
                return this;
            }

            var plan = schedule.Plan(_now, isListing: false);
            open += plan.Polls.Count(poll => IsEnded(schedule, _tasks[poll.Task]));
            if (plan.IsListDue)
            {
                open += List(schedule);
            }

            _now += plan.Polls.Count > 0 || plan.IsListDue ? Instant : plan.Wait!.Value;
        }
    }

    private void Start(PollSchedule schedule)
    {
        var id = new TaskId($"{_all.Count:x32}");
        var task = new PolledTask(id, _now, _now + TimeSpan.FromSeconds(seconds[_all.Count]));
        _all.Add(task);
        _tasks.Add(id, task);
        schedule.Watch(new TaskWatch(1, id, TaskState.Queued, _now), _now + Latency);
    }

    private bool IsEnded(PollSchedule schedule, PolledTask task)
    {
        Requests++;
        if (task.EndsAt > _now)
        {
            schedule.Watch(new TaskWatch(1, task.Id, TaskState.Running, task.StartedAt), _now);
            return false;
        }

        End(schedule, task);
        return true;
    }

    private void End(PollSchedule schedule, PolledTask task)
    {
        task.NoticedAt = _now;
        _tasks.Remove(task.Id);
        schedule.Ended(task.Id, TimeSpan.Zero, task.EndsAt - task.StartedAt);
    }

    private int List(PollSchedule schedule)
    {
        if (page == 0)
        {
            Requests++;
            schedule.List.Failed(new ServiceFault(FaultKind.Refused, "no"), _now);
            schedule.ListIsRead();
            return 0;
        }

        var watched = schedule.Watched.Count;
        var walk = new ListWalk(schedule.Watched.Select(task => task.Task), int.MaxValue);
        List<PolledTask> ended = [];
        while (!walk.IsOver)
        {
            Requests++;
            var tasks = Enumerable.Reverse(_all).Skip(walk.Next.Offset).Take(page).ToList();
            walk.Add(new TaskPage([.. tasks.Select(Snapshot)], _all.Count));
            foreach (var task in tasks)
            {
                if (schedule.Listed(Snapshot(task), _now) is null)
                {
                    continue;
                }

                if (task.EndsAt <= _now)
                {
                    ended.Add(task);
                }
                else
                {
                    schedule.Watch(new TaskWatch(1, task.Id, TaskState.Running, task.StartedAt), _now);
                }
            }
        }

        schedule.List.Walked(walk.Pages, walk.Count, walk.Deepest, watched, walk.IsPaged);
        schedule.ListIsRead();
        // A page of the cloud does not say how a task ended.
        Requests += walk.IsPaged ? ended.Count : 0;
        ended.ForEach(task => End(schedule, task));
        return ended.Count;
    }

    private TaskSnapshot Snapshot(PolledTask task) =>
        new(task.Id, task.EndsAt <= _now ? TaskState.Completed : TaskState.Running)
        {
            ReturnCode = page >= seconds.Count ? 1 : null,
        };

    private sealed class PolledTask(TaskId id, TimeSpan startedAt, TimeSpan endsAt)
    {
        public TaskId Id => id;

        public TimeSpan StartedAt => startedAt;

        public TimeSpan EndsAt => endsAt;

        public TimeSpan NoticedAt { get; set; }
    }
}
