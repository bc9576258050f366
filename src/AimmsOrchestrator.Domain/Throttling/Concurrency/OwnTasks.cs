using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Throttling.Concurrency;

/// <summary>
/// The batch's own tasks at the service, and how many of them ran together. The service's queue is first in, first out: a
/// task that waited starts the moment a place is free, so the places were full just then, and whatever was submitted before
/// it and had not ended was running. So the number is known from submits, queue times and ends alone.
/// </summary>
internal sealed class OwnTasks(QueueNoise noise)
{
    /// <summary>A task that the service has not told of for this long, and for this number of mean runs, is taken to be gone.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromMinutes(10);
    private const int RunsUntilGone = 10;

    private readonly List<OwnTask> _inOrder = [];
    private readonly Dictionary<TaskId, OwnTask> _byId = [];

    /// <summary>Own tasks that have started and not ended, as far as is known.</summary>
    public int Running => _inOrder.Count(task => task is { HasStarted: true, EndedAt: null });

    /// <summary>Own tasks of which no start is known.</summary>
    public int NotStarted => _inOrder.Count(task => task is { HasStarted: false, EndedAt: null });

    /// <summary>Own tasks that wait for a place, as far as is known.</summary>
    public int Waiting =>
        _inOrder.Count(task =>
            task is { HasStarted: false, EndedAt: null } && noise.IsWait(task.SeenAt - task.SubmittedAt)
        );

    public void Add(TaskId id, TimeSpan submittedAt)
    {
        if (!_byId.ContainsKey(id))
        {
            var task = new OwnTask(id, submittedAt);
            _byId.Add(id, task);
            _inOrder.Add(task);
        }
    }

    /// <summary>A task ends without an end that is seen; one that has ended stays as long as it tells something.</summary>
    public void Remove(TaskId id)
    {
        if (_byId.TryGetValue(id, out var task) && task.EndedAt is null)
        {
            _byId.Remove(id);
            _inOrder.Remove(task);
        }
    }

    /// <summary>A task that an earlier process submitted: it has a place or waits for one, and its own start tells nothing.</summary>
    public void Adopt(TaskSnapshot snapshot, TimeSpan now)
    {
        if (_byId.ContainsKey(snapshot.Id))
        {
            return;
        }

        Add(snapshot.Id, now);
        var task = _byId[snapshot.Id];
        (task.Queue, task.IsMeasured) = (TimeSpan.Zero, true);
    }

    /// <summary>The service tells of a task.</summary>
    /// <param name="snapshot">What it tells.</param>
    /// <param name="askedAt">When it was asked.</param>
    /// <param name="now">When it answered.</param>
    /// <returns>When the task ended, where that is news; null otherwise.</returns>
    public TimeSpan? Seen(TaskSnapshot snapshot, TimeSpan askedAt, TimeSpan now)
    {
        if (!_byId.TryGetValue(snapshot.Id, out var task) || task.EndedAt is not null)
        {
            return null;
        }

        task.SeenAt = askedAt > task.SeenAt ? askedAt : task.SeenAt;
        if (snapshot.State is TaskState.Unknown or TaskState.Queued)
        {
            return null;
        }

        MarkStarted(task);
        if (snapshot.State == TaskState.Assigned)
        {
            return null;
        }

        if (task.Queue is null)
        {
            var queue = snapshot.QueueTime ?? now - task.SubmittedAt;
            task.Queue = queue < now - task.SubmittedAt ? queue : now - task.SubmittedAt;
            noise.Started(task.Queue.Value);
        }

        if (!snapshot.State.IsEnded())
        {
            return null;
        }

        var ended = task.StartedAt!.Value + (snapshot.RunTime ?? now - task.StartedAt!.Value);
        task.EndedAt = ended < now ? ended : now;
        noise.Ended(task.Queue.Value, task.EndedAt.Value - task.StartedAt.Value);
        return task.EndedAt;
    }

    /// <summary>The starts of which all is known by now that tells how many tasks ran; each comes once.</summary>
    public List<StartMeasure> TakeMeasures(TimeSpan now)
    {
        List<StartMeasure> measures = [];
        for (var i = 0; i < _inOrder.Count; i++)
        {
            if (_inOrder[i] is { IsMeasured: false, StartedAt: { } started } task && IsKnown(started, i))
            {
                task.IsMeasured = true;

                // It had its place for the time of the start-up.
                measures.Add(Measure(task, started - noise.StartUp, i));
            }
        }

        Drop(now);
        return measures;
    }

    /// <summary>Whether each task before it is known to have run at that moment, or not.</summary>
    private bool IsKnown(TimeSpan at, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_inOrder[i].EndedAt is null && _inOrder[i].SeenAt < at)
            {
                return false;
            }
        }

        return true;
    }

    private StartMeasure Measure(OwnTask task, TimeSpan at, int count)
    {
        var grain = noise.Grain;
        var (certain, possible, ties) = (1, 1, 0);
        for (var i = 0; i < count; i++)
        {
            var ended = _inOrder[i].EndedAt ?? TimeSpan.MaxValue;
            certain += ended > at + grain ? 1 : 0;
            possible += ended > at - grain ? 1 : 0;
            ties += ended > at - grain && ended <= at + grain ? 1 : 0;
        }

        // One of those that ended at this very moment left its place to this task.
        var hasWaited = noise.IsWait(task.Queue!.Value);
        return new StartMeasure(at, certain, hasWaited && ties > 0 ? possible - 1 : possible, hasWaited);
    }

    private void MarkStarted(OwnTask task)
    {
        for (var i = _inOrder.IndexOf(task); i >= 0 && !_inOrder[i].HasStarted; i--)
        {
            _inOrder[i].HasStarted = true;
        }
    }

    /// <summary>An ended task is of use only while a start is to be measured at which it ran.</summary>
    private void Drop(TimeSpan now)
    {
        var openSince = _inOrder
            .Where(task => !task.IsMeasured)
            .Select(task => (task.StartedAt ?? task.SeenAt) - noise.StartUp)
            .DefaultIfEmpty(now)
            .Min();
        _inOrder.RemoveAll(task =>
        {
            var isUseless = task.EndedAt is { } ended
                ? task.IsMeasured && ended + noise.Grain < openSince
                : task.SeenAt + Gone + (RunsUntilGone * noise.MeanRun) < now;
            return isUseless && _byId.Remove(task.Id);
        });
    }
}
