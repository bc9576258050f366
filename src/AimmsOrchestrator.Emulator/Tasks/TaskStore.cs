namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>The tasks that the service knows, by id and in the order of their submits. For one thread at a time.</summary>
internal sealed class TaskStore
{
    /// <summary>Of a series of tasks, which share an id, the latest.</summary>
    private readonly Dictionary<string, EmulatedTask> _latest = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EmulatedTask> _inOrder = [];

    /// <summary>Every task, the oldest first.</summary>
    public IReadOnlyList<EmulatedTask> InOrder => _inOrder;

    public void Add(EmulatedTask task)
    {
        _latest[task.Id] = task;
        _inOrder.Add(task);
    }

    /// <summary>The task of an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="groupIndex">Which one of a series; null for the latest.</param>
    public EmulatedTask? Find(string id, int? groupIndex = null) =>
        _latest.GetValueOrDefault(id) is not { } latest ? null
        : groupIndex is null || latest.GroupIndex == groupIndex ? latest
        : latest.GroupIndex is null ? null
        : SeriesOf(latest).FirstOrDefault(task => task.GroupIndex == groupIndex);

    public bool Has(EmulatedTask task) =>
        _latest.TryGetValue(task.Id, out var latest)
        && (latest == task || (latest.GroupIndex is not null && SeriesOf(latest).Contains(task)));

    public void Remove(EmulatedTask task)
    {
        _inOrder.Remove(task);
        if (_latest.GetValueOrDefault(task.Id) != task)
        {
            return;
        }

        _latest.Remove(task.Id);
        if (task.GroupIndex is not null && SeriesOf(task).LastOrDefault() is { } earlier)
        {
            _latest.Add(task.Id, earlier);
        }
    }

    private IEnumerable<EmulatedTask> SeriesOf(EmulatedTask one) => _inOrder.Where(task => task.Id == one.Id);
}
