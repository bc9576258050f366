namespace AimmsOrchestrator.Emulator.Tasks;

/// <summary>
/// The responses of ended tasks, up to a sum of bytes: a service that rehearses for days must not grow for days. Its queue
/// guards it by a lock.
/// </summary>
/// <param name="limit">In bytes.</param>
internal sealed class KeptOutputs(long limit)
{
    private readonly LinkedList<EmulatedTask> _tasks = [];
    private long _bytes;

    /// <summary>A task ended with a response.</summary>
    /// <returns>The tasks to forget for it, the oldest first: those whose response was fetched, then others; never itself.</returns>
    public IReadOnlyList<EmulatedTask> Add(EmulatedTask task)
    {
        _tasks.AddLast(task);
        _bytes += SizeOf(task);
        var forgotten = new List<EmulatedTask>();
        while (_bytes > limit && _tasks.Count > 1)
        {
            var oldest = _tasks.SkipLast(1).FirstOrDefault(kept => kept.WasFetched) ?? _tasks.First!.Value;
            Remove(oldest);
            forgotten.Add(oldest);
        }

        return forgotten;
    }

    public void Remove(EmulatedTask task)
    {
        if (_tasks.Remove(task))
        {
            _bytes -= SizeOf(task);
        }
    }

    private static long SizeOf(EmulatedTask task) => task.Output?.Body.Length ?? 0;
}
