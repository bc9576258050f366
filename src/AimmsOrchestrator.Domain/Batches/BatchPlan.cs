using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Domain.Batches;

/// <summary>All that the engine needs to know of a scenario to run it.</summary>
public sealed record BatchPlan
{
    /// <summary>The runs, made as they are asked for.</summary>
    public required IRunSource Runs { get; init; }

    /// <summary>How a finished run's results are extracted.</summary>
    public required IResultReader Results { get; init; }

    public Limits Limits { get; init; } = new();

    public PollPolicy Poll { get; init; } = PollPolicy.Default;

    /// <summary>How many runs may fail before the batch stops; null for any number.</summary>
    public FailureBudget? FailureBudget { get; init; }

    /// <summary>How long tasks may take.</summary>
    public TimeLimits TimeLimits { get; init; } = TimeLimits.None;

    /// <summary>A time of day at which the batch is over; null for none.</summary>
    public StopTime? StopAt { get; init; }

    /// <summary>Makes the rule that decides whether the results so far are enough; null where every run is wanted.</summary>
    public Func<IStopRule>? StopWhen { get; init; }

    /// <summary>Whether a task is removed at the service once its result is in the journal.</summary>
    public bool DeletesTasks { get; init; }

    /// <summary>Which responses the journal keeps.</summary>
    public ResponseKeeping Responses { get; init; }

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;
}
