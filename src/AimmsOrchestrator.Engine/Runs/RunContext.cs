using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>What all task actors of a batch share.</summary>
internal sealed record RunContext
{
    /// <summary>The batch's number in the journal.</summary>
    public required long Batch { get; init; }

    public required RunRules Rules { get; init; }

    public required IResultReader Results { get; init; }

    public required ITaskService Service { get; init; }

    public required IActorRef Journal { get; init; }

    /// <summary>Where runs learn whether their question was asked before.</summary>
    public required IActorRef ResultCache { get; init; }

    public required IActorRef Throttle { get; init; }

    /// <summary>Finds out what became of submits whose answers were lost.</summary>
    public required IActorRef Settlement { get; init; }

    /// <summary>Removes finished tasks at the service; nobody where they are kept.</summary>
    public required IActorRef Cleanup { get; init; }

    /// <summary>What is usual in the batch.</summary>
    public DurationStatistics Durations { get; } = new();

    public required IActorRef Progress { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Draws a number from [0, 1); safe for many threads.</summary>
    public required Func<double> Chance { get; init; }
}
