using System.Collections.Immutable;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Listing;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// A poll of the list that is read, and that leaves questions which the service can answer task by task: whether it has a
/// task that the list does not show, and what its clock is.
/// </summary>
internal sealed record PendingPoll(
    ListPager Walk,
    JournalKnowledge Journal,
    DateTimeOffset Earliest,
    TimeSpan? Header,
    DateTimeOffset Began,
    DateTimeOffset At
)
{
    /// <summary>If the service does not know this number of tasks that the list should show, it was started anew.</summary>
    private const int MostAsked = 3;

    /// <summary>Clocks drift, and may be set: only the latest tasks count.</summary>
    private const int MostSamples = 60;

    private readonly IReadOnlyList<KnownTask> _missing = ListSnapshot.MissingFrom(Walk, Journal.Tasks);

    private ImmutableHashSet<TaskId> Forgotten { get; init; } = [];
    private ImmutableDictionary<TaskId, DateTimeOffset?> Found { get; init; } =
        ImmutableDictionary<TaskId, DateTimeOffset?>.Empty;
    private bool IsOver { get; init; }

    /// <summary>
    /// Whether the service was started anew and has none of the tasks that the list should show: then what the list does not
    /// show is not there.
    /// </summary>
    private bool IsServiceNew => _missing.Count > 0 && Forgotten.Count >= Math.Min(MostAsked, _missing.Count);

    /// <summary>The task to ask for next; null once nothing is left to find out.</summary>
    public TaskId? NextQuestion(IReadOnlyCollection<ClockSample> known)
    {
        if (IsOver || IsServiceNew)
        {
            return null;
        }

        if (Found.IsEmpty && _missing.FirstOrDefault(task => !Forgotten.Contains(task.Task)) is { } task)
        {
            return task.Task;
        }

        // Without any own task on both clocks, a lost answer near another client's task is ambiguous: one request shows one.
        return Found.IsEmpty && Forgotten.IsEmpty && Samples(known).Count == 0
            ? Journal.Tasks.FirstOrDefault(own => own.AnsweredAt is not null)?.Task
            : null;
    }

    /// <summary>With the answer about the task that was asked for.</summary>
    public PendingPoll With(Reply<TaskSnapshot> reply)
    {
        if (reply.IsSuccess)
        {
            return this with { Found = Found.SetItem(reply.Value.Id, reply.Value.CreatedAt), IsOver = true };
        }

        var asked = _missing.FirstOrDefault(task => !Forgotten.Contains(task.Task));
        return reply.Fault.Kind == FaultKind.Unknown && asked is not null
            ? this with
            {
                Forgotten = Forgotten.Add(asked.Task),
            }
            : this with
            {
                IsOver = true,
            };
    }

    /// <summary>Every own task that is known on both clocks: of earlier polls, the journal, the list and the questions.</summary>
    public IReadOnlyCollection<ClockSample> Samples(IReadOnlyCollection<ClockSample> known)
    {
        var created = Walk.Tasks.ToDictionary(task => task.Id, task => task.CreatedAt);
        foreach (var (task, at) in Found)
        {
            created[task] = at;
        }

        var own =
            from task in Journal.Tasks
            let at = created.GetValueOrDefault(task.Task)
            where at is not null && task.AnsweredAt is not null
            select new ClockSample(task.IntendedAt, task.AnsweredAt!.Value, at!.Value);
        return
        [
            .. known
                .Concat(Journal.Samples)
                .Concat(own)
                .Distinct()
                .OrderByDescending(sample => sample.IntendedAt)
                .Take(MostSamples),
        ];
    }

    /// <summary>What the poll shows.</summary>
    public ListSnapshot Snapshot(IReadOnlyCollection<ClockSample> samples)
    {
        var snapshot = ListSnapshot.Of(Walk, Journal, Earliest, ServiceClocks.Of(samples, Header, Began, At));
        return IsServiceNew ? snapshot with { Missing = [], IsServiceNew = true } : snapshot;
    }

    /// <summary>What the poll shows of the list's lag.</summary>
    public ListLag Observe(ListLag lag) => IsServiceNew ? lag : lag.See(Journal.Tasks, Walk.Ids, At);
}
