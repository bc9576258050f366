using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling.Concurrency;

namespace AimmsOrchestrator.Tests.Domain.Throttling.Concurrency;

/// <summary>
/// A batch at a first-in, first-out service in virtual time: the service is listed at an interval, and a task that has ended
/// is replaced once the list shows it. A colleague may submit tasks in between. Times are in seconds.
/// </summary>
internal sealed class SharedService
{
    private readonly PriorityQueue<Action, (double At, int Order)> _events = new();
    private readonly List<Work> _all = [];
    private readonly LinkedList<Work> _queue = [];
    private readonly HashSet<Work> _held = [];
    private int _order;
    private int _submitted;
    private int _running;

    public required IReadOnlyList<double> Runs { get; init; }

    public int Places { get; set; } = 6;

    /// <summary>The number of places from each moment on.</summary>
    public IReadOnlyList<(double At, int Places)> Changes { get; init; } = [];

    /// <summary>Between two lists.</summary>
    public double ListInterval { get; init; } = 0.1;

    /// <summary>From a task's start in a place until its model runs; counts as queue time.</summary>
    public double StartUp { get; init; }

    public double SubmitTime { get; init; } = 0.005;

    /// <summary>Whether the service states whole seconds, as the cloud does.</summary>
    public bool IsCoarse { get; init; }

    /// <summary>How long each task of the colleague runs, one a second; null for no colleague.</summary>
    public double? ColleagueRuns { get; init; }

    /// <summary>Finds the number of unfinished tasks; null where it is fixed.</summary>
    public ConcurrencyController? Controller { get; init; }

    public int Fixed { get; init; }

    public double Now { get; private set; }

    public double Makespan { get; private set; }

    public double ColleagueWait =>
        _all.Where(w => !w.IsOwn && w.StartedAt < Makespan).Average(w => w.StartedAt - w.CreatedAt);

    /// <summary>Own tasks that waited, at each own submit, with the number of own tasks that had ended.</summary>
    public List<(double At, int Ended, int Waiting, int Target)> Waits { get; } = [];

    private int Target => Controller?.Target ?? Fixed;

    public SharedService Play()
    {
        foreach (var (at, places) in Changes)
        {
            At(at, () => Places = places);
        }

        if (ColleagueRuns is { } runs)
        {
            At(0.5, () => Colleague(runs));
        }

        At(0, Submit);
        At(ListInterval, List);
        while (_all.Count(w => w is { IsOwn: true, IsNoticed: true }) < Runs.Count)
        {
            _events.TryDequeue(out var next, out var due);
            Now = due.At;
            next!();
            StartNext();
        }

        Makespan = _all.Where(w => w.IsOwn).Max(w => w.EndedAt);
        return this;
    }

    private void At(double at, Action action) => _events.Enqueue(action, (at, _order++));

    private void Submit()
    {
        if (_submitted == Runs.Count || _held.Count >= Target)
        {
            return;
        }

        var work = new Work(new TaskId($"own-{_submitted}"), Runs[_submitted++], isOwn: true) { SentAt = Now };
        _held.Add(work);
        At(
            Now + SubmitTime / 2,
            () =>
            {
                Take(work);
                Waits.Add((Now, _all.Count(w => w.IsOwn && w.EndedAt <= Now), _queue.Count(w => w.IsOwn), Target));
            }
        );
        At(
            Now + SubmitTime,
            () =>
            {
                Controller?.Submitted(work.Id, Moment(work.SentAt), Moment(Now));
                Submit();
            }
        );
    }

    private void Colleague(double runs)
    {
        Take(new Work(new TaskId($"other-{_order}"), runs, isOwn: false));
        At(Now + 1, () => Colleague(runs));
    }

    private void Take(Work work)
    {
        work.CreatedAt = Now;
        _all.Add(work);
        _queue.AddLast(work);
        StartNext();
    }

    private void StartNext()
    {
        while (_running < Places && _queue.First is { } first)
        {
            _queue.RemoveFirst();
            _running++;
            var work = first.Value;
            work.StartedAt = Now + StartUp;
            work.EndedAt = Now + StartUp + work.Runs;
            At(
                work.EndedAt,
                () =>
                {
                    _running--;
                    StartNext();
                }
            );
        }
    }

    private void List()
    {
        var known = _all.Where(w => !w.IsNoticed && w.CreatedAt + SubmitTime / 2 < Now).Reverse().ToList();
        foreach (var ended in known.Where(w => w.EndedAt <= Now))
        {
            ended.IsNoticed = true;
            _held.Remove(ended);
        }

        Controller?.Seen([.. known.Select(Snapshot)], Moment(Now), Moment(Now));
        Submit();
        At(Now + ListInterval, List);
    }

    private TaskSnapshot Snapshot(Work work) =>
        work.EndedAt <= Now
            ? new TaskSnapshot(work.Id, TaskState.Completed)
            {
                QueueTime = Stated(work.StartedAt - work.CreatedAt),
                RunTime = Stated(work.Runs),
            }
        : work.StartedAt <= Now
            ? new TaskSnapshot(work.Id, TaskState.Running) { QueueTime = Stated(work.StartedAt - work.CreatedAt) }
        : new TaskSnapshot(work.Id, TaskState.Queued);

    private TimeSpan Stated(double seconds) => Moment(IsCoarse ? Math.Floor(seconds) : seconds);

    private static TimeSpan Moment(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Work(TaskId id, double runs, bool isOwn)
    {
        public TaskId Id => id;

        public double Runs => runs;

        public bool IsOwn => isOwn;

        public double SentAt { get; init; }

        public double CreatedAt { get; set; }

        public double StartedAt { get; set; } = double.MaxValue;

        public double EndedAt { get; set; } = double.MaxValue;

        public bool IsNoticed { get; set; }
    }
}
