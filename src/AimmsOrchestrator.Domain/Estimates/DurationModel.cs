namespace AimmsOrchestrator.Domain.Estimates;

/// <summary>Learns from completed tasks which durations are typical of a batch; immutable.</summary>
public sealed record DurationModel
{
    private RunningMedian Queue { get; init; } = new();

    private RunningMedian Run { get; init; } = new();

    /// <summary>What is typical now.</summary>
    public TypicalDurations Typical { get; private init; } = TypicalDurations.Unknown;

    /// <summary>With another completed task.</summary>
    /// <param name="queue">In the service's queue; null where that is not known.</param>
    /// <param name="run">From start to end; null where that is not known.</param>
    public DurationModel Add(TimeSpan? queue, TimeSpan? run)
    {
        var queues = queue is { } waited ? Queue.Add(waited) : Queue;
        var runs = run is { } ran ? Run.Add(ran) : Run;
        return new DurationModel
        {
            Queue = queues,
            Run = runs,
            Typical = new TypicalDurations(queues.Median, runs.Median),
        };
    }
}
