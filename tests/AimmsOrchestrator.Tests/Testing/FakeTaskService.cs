using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>
/// A task service that answers at once and can be steered: how long tasks take, and what comes instead of an answer. It
/// counts what it is asked.
/// </summary>
internal sealed class FakeTaskService(TimeProvider time) : ITaskService
{
    private readonly Dictionary<string, DateTimeOffset> _createdAt = [];

    /// <summary>From a task's submit to its end.</summary>
    public TimeSpan TaskDuration { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What comes instead of the n-th answer to a submit, from 1; null for the answer.</summary>
    public Func<int, ServiceFault?> SubmitFault { get; set; } = _ => null;

    /// <summary>What comes instead of the n-th answer about a state, from 1; null for the answer.</summary>
    public Func<int, ServiceFault?> StateFault { get; set; } = _ => null;

    /// <summary>Withholds the answers to submits until a test lets them go.</summary>
    public TaskCompletionSource? SubmitGate { get; set; }

    /// <summary>The body of every submit that the service took.</summary>
    public List<string> Bodies { get; } = [];

    public int Submits { get; private set; }

    public int Looks { get; private set; }

    public List<DateTimeOffset> RequestTimes { get; } = [];

    /// <summary>The most tasks that were unfinished at one moment.</summary>
    public int MostUnfinished { get; private set; }

    public async Task<Reply<TaskId>> SubmitAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        RequestTimes.Add(time.GetUtcNow());
        Submits++;
        if (SubmitFault(Submits) is { MayHaveArrived: false } fault)
        {
            return fault;
        }

        Bodies.Add(System.Text.Encoding.UTF8.GetString(request.Body.Span));
        var id = new TaskId($"task-{Bodies.Count}");
        _createdAt.Add(id.Value, time.GetUtcNow());
        MostUnfinished = Math.Max(MostUnfinished, _createdAt.Values.Count(c => time.GetUtcNow() < c + TaskDuration));
        if (SubmitGate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        return SubmitFault(Submits) is { } lost ? lost : id;
    }

    public Task<Reply<TaskSnapshot>> GetStateAsync(TaskId id, CancellationToken cancellationToken)
    {
        RequestTimes.Add(time.GetUtcNow());
        Looks++;
        var isEnded = time.GetUtcNow() >= _createdAt[id.Value] + TaskDuration;
        Reply<TaskSnapshot> answer = new TaskSnapshot(id, isEnded ? TaskState.Completed : TaskState.Running);
        return Task.FromResult(StateFault(Looks) is { } fault ? fault : answer);
    }

    public Task<Reply<TaskResponse>> GetResponseAsync(TaskId id, CancellationToken cancellationToken)
    {
        RequestTimes.Add(time.GetUtcNow());
        return Task.FromResult<Reply<TaskResponse>>(
            new TaskResponse("""{"objective":1}"""u8.ToArray(), "application/json")
        );
    }

    public Task<Reply<TaskResponse>> GetIntermediateStatusAsync(TaskId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Reply<TaskSnapshot>> InterruptAsync(
        TaskId id,
        Interrupt interrupt,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Reply<TaskId>> DeleteAsync(TaskId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Reply<TaskPage>> ListAsync(TaskFilter filter, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
