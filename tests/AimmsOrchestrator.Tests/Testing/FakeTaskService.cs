using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>
/// A task service that answers at once and can be steered: how long tasks take, and what comes instead of an answer. It
/// counts what it is asked.
/// </summary>
internal sealed class FakeTaskService(TimeProvider time) : ITaskService
{
    private readonly List<FakeTask> _tasks = [];
    private int _taken;

    /// <summary>When each place is free.</summary>
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _free = new();

    /// <summary>How many tasks run at a time, first in, first out; null for any number. Set before the first task.</summary>
    public int? Places { get; set; }

    /// <summary>How long the n-th task runs, from 1; null for <see cref="TaskDuration"/>.</summary>
    public Func<int, TimeSpan>? DurationOf { get; set; }

    /// <summary>How many tasks waited for a place when the n-th one came, that one included.</summary>
    public List<int> Waiting { get; } = [];

    /// <summary>From a task's submit to its end.</summary>
    public TimeSpan TaskDuration { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>From a task's submit to its start.</summary>
    public TimeSpan QueueTime { get; set; }

    /// <summary>How far this service's clock is ahead of everybody else's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>How long a new task is missing from the list.</summary>
    public TimeSpan ListDelay { get; set; }

    /// <summary>How far the list is behind the tasks.</summary>
    public TimeSpan ListLag { get; set; }

    /// <summary>Whether the list leaves return codes out.</summary>
    public bool ListHidesReturnCodes { get; set; }

    /// <summary>Whether a task heeds the interrupt of its solve.</summary>
    public bool ObeysInterrupts { get; set; } = true;

    /// <summary>What comes instead of any answer at all; null for answers.</summary>
    public Func<ServiceFault?> Outage { get; set; } = () => null;

    /// <summary>What comes instead of the n-th answer to a submit, from 1; null for the answer.</summary>
    public Func<int, ServiceFault?> SubmitFault { get; set; } = _ => null;

    /// <summary>What comes instead of the n-th answer about a state, from 1; null for the answer.</summary>
    public Func<int, ServiceFault?> StateFault { get; set; } = _ => null;

    /// <summary>What comes instead of the answer to a delete; null for the answer.</summary>
    public Func<ServiceFault?> DeleteFault { get; set; } = () => null;

    /// <summary>What comes instead of the n-th list, from 1; null for the list.</summary>
    public Func<int, ServiceFault?> ListFault { get; set; } = _ => null;

    /// <summary>What comes instead of the n-th response, from 1; null for the response.</summary>
    public Func<int, ServiceFault?> ResponseFault { get; set; } = _ => null;

    /// <summary>What a failed task writes; null for nothing.</summary>
    public string? ErrorDocument { get; set; }

    /// <summary>How the n-th task ends, from 1.</summary>
    public Func<int, TaskState> End { get; set; } = _ => TaskState.Completed;

    /// <summary>Whether a lost submit (a fault that may have arrived) was taken all the same.</summary>
    public bool TakesLostSubmits { get; set; } = true;

    /// <summary>Withholds the answers to submits until a test lets them go.</summary>
    public Gate? SubmitGate { get; set; }

    /// <summary>Keeps submits waiting before they leave, as for a connection, until a test lets them go.</summary>
    public Gate? SubmitDelay { get; set; }

    /// <summary>Gets every submit that the service takes, before it is answered.</summary>
    public Action<TaskRequest> Taken { get; set; } = _ => { };

    /// <summary>The body of every submit that the service took.</summary>
    public List<string> Bodies { get; } = [];

    public int Submits { get; private set; }

    public int Polls { get; private set; }

    /// <summary>Requests for a response.</summary>
    public int Responses { get; private set; }

    public int Lists { get; private set; }

    public List<(TaskId Task, Interrupt How)> Interrupts { get; } = [];

    public List<TaskId> Deleted { get; } = [];

    public List<DateTimeOffset> RequestTimes { get; } = [];

    /// <summary>The most tasks that were unfinished at one moment.</summary>
    public int MostUnfinished { get; private set; }

    public async Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SubmitDelay is { } delay)
        {
            await delay.PassAsync(cancellationToken);
        }

        if (request.Lease is { MaySend: false })
        {
            return new ServiceFault(FaultKind.Withheld, "not sent");
        }

        RequestTimes.Add(time.GetUtcNow());
        if (Outage() is { } outage)
        {
            return outage;
        }

        Submits++;
        var fault = SubmitFault(Submits);
        if (fault is { MayHaveArrived: false } || (fault is not null && !TakesLostSubmits))
        {
            return fault;
        }

        Bodies.Add(System.Text.Encoding.UTF8.GetString(request.Body.Span));
        var id = Take();
        Taken(request);
        MostUnfinished = Math.Max(MostUnfinished, _tasks.Count(t => time.GetUtcNow() < t.EndsAt));
        if (SubmitGate is { } gate)
        {
            await gate.PassAsync(cancellationToken);
        }

        return fault is { } lost ? lost : id;
    }

    /// <summary>Another client's task, or one that an earlier process made.</summary>
    public TaskId Take()
    {
        var now = time.GetUtcNow();
        var number = ++_taken;
        var id = new TaskId($"task-{number}");
        var starts = PlaceFrom(now) + QueueTime;
        var ends = starts + (DurationOf?.Invoke(number) ?? TaskDuration);
        if (Places is not null)
        {
            _free.Enqueue(ends, ends);
        }

        _tasks.Add(new FakeTask(id, now, starts, ends, End(number)));
        Waiting.Add(_tasks.Count(task => task.StartsAt > now));
        return id;
    }

    private DateTimeOffset PlaceFrom(DateTimeOffset now)
    {
        if (_free.Count < Places || !_free.TryDequeue(out var free, out _))
        {
            return now;
        }

        return free > now ? free : now;
    }

    public Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply<TaskSnapshot>>(cancellationToken);
        }

        RequestTimes.Add(time.GetUtcNow());
        if (Outage() is { } outage)
        {
            return Answer<TaskSnapshot>(outage);
        }

        Polls++;
        return StateFault(Polls) is { } fault ? Answer<TaskSnapshot>(fault) : Answer(Find(id));
    }

    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply<TaskResponse>>(cancellationToken);
        }

        RequestTimes.Add(time.GetUtcNow());
        Responses++;
        if (Outage() is { } outage)
        {
            return Answer<TaskResponse>(outage);
        }

        if (ResponseFault(Responses) is { } fault)
        {
            return Answer<TaskResponse>(fault);
        }

        var wrote = Find(id).Value?.State switch
        {
            TaskState.Completed => """{"objective":1}""",
            TaskState.Failed => ErrorDocument,
            _ => null,
        };
        return wrote is null
            ? Answer<TaskResponse>(new ServiceFault(FaultKind.Unknown, "404 Not Found") { HttpStatus = 404 })
            : Answer<TaskResponse>(new TaskResponse(System.Text.Encoding.UTF8.GetBytes(wrote), "application/json"));
    }

    public Task<Reply<TaskSnapshot>> InterruptAsync(TaskId id, Interrupt interrupt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply<TaskSnapshot>>(cancellationToken);
        }

        Interrupts.Add((id, interrupt));
        var place = _tasks.FindIndex(t => t.Id == id);
        var now = time.GetUtcNow();
        if (Find(id) is { IsSuccess: true, Value: { State: TaskState.Completed or TaskState.Failed } ended })
        {
            return Answer<TaskSnapshot>(ended with { SetStatus = "interrupt-processed" });
        }

        if (place >= 0 && now < _tasks[place].EndsAt && (ObeysInterrupts || interrupt == Interrupt.Execution))
        {
            var end = interrupt == Interrupt.Solve ? TaskState.Completed : TaskState.Failed;
            _tasks[place] = _tasks[place] with { EndsAt = now + TimeSpan.FromMilliseconds(100), End = end };
        }

        return Answer(Find(id));
    }

    public Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply<TaskId>>(cancellationToken);
        }

        if (Outage() is { } outage)
        {
            return Answer<TaskId>(outage);
        }

        if (DeleteFault() is { } fault)
        {
            return Answer<TaskId>(fault);
        }

        var state = Find(id);
        if (!state.IsSuccess || state.Value.State is TaskState.Running)
        {
            return Answer<TaskId>(state.Fault ?? new ServiceFault(FaultKind.WrongRequest, "405 it runs"));
        }

        Deleted.Add(id);
        _tasks.RemoveAll(t => t.Id == id);
        return Answer<TaskId>(id);
    }

    public Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply<TaskPage>>(cancellationToken);
        }

        RequestTimes.Add(time.GetUtcNow());
        if ((Outage() ?? ListFault(++Lists)) is { } fault)
        {
            return Answer<TaskPage>(fault);
        }

        var listed = _tasks
            .Where(t => time.GetUtcNow() - t.CreatedAt >= ListDelay)
            .Where(t => filter.After is null || t.CreatedAt + ClockOffset >= filter.After)
            .Select(t => Snapshot(t, time.GetUtcNow() - ListLag, isListed: true))
            .Reverse()
            .ToList();
        var page = listed.Skip(filter.Offset).Take(PageSize).ToList();
        return Answer<TaskPage>(
            new TaskPage(page, listed.Count) { ServiceTime = WholeSecond(time.GetUtcNow() + ClockOffset) }
        );
    }

    /// <summary>Tasks a page of the list.</summary>
    public int PageSize { get; set; } = 3;

    private static Task<Reply<T>> Answer<T>(Reply<T> reply)
        where T : notnull => Task.FromResult(reply);

    private Reply<TaskSnapshot> Find(TaskId id) =>
        _tasks.Find(t => t.Id == id) is { } task
            ? Snapshot(task)
            : new ServiceFault(FaultKind.Unknown, "404 Not Found") { HttpStatus = 404 };

    private TaskSnapshot Snapshot(FakeTask task) => Snapshot(task, time.GetUtcNow());

    private TaskSnapshot Snapshot(FakeTask task, DateTimeOffset now, bool isListed = false)
    {
        var state =
            now >= task.EndsAt ? task.End
            : now >= task.StartsAt ? TaskState.Running
            : TaskState.Queued;
        return new TaskSnapshot(task.Id, state)
        {
            ServiceName = "echo",
            CreatedAt = WholeSecond(task.CreatedAt + ClockOffset),
            QueueTime = state == TaskState.Queued ? null : task.StartsAt - task.CreatedAt,
            ReturnCode = state.IsEnded() && !(isListed && ListHidesReturnCodes) ? 1 : null,
            RunTime = state.IsEnded() ? task.EndsAt - task.StartsAt : null,
        };
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset moment) =>
        new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), moment.Offset);

    private sealed record FakeTask(
        TaskId Id,
        DateTimeOffset CreatedAt,
        DateTimeOffset StartsAt,
        DateTimeOffset EndsAt,
        TaskState End
    );
}
