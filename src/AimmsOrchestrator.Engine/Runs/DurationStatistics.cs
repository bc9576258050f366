using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>Learns from completed tasks what is usual in a batch. Safe for many threads.</summary>
internal sealed class DurationStatistics
{
    private readonly RunningMedian _queue = new();
    private readonly RunningMedian _run = new();

    public TypicalDurations Times => new(_queue.Median, _run.Median);

    public void Add(TaskSnapshot task) => Add(task.QueueTime, task.RunTime);

    public void Add(TimeSpan? queue, TimeSpan? run)
    {
        if (queue is { } waited)
        {
            _queue.Add(waited);
        }

        if (run is { } ran)
        {
            _run.Add(ran);
        }
    }
}
