using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Engine.Throttling;
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

    /// <summary>Whether a submit may leave.</summary>
    public required ISendLease Lease { get; init; }

    public required IActorRef Journal { get; init; }

    /// <summary>Finds results of earlier runs that have the same key.</summary>
    public required IActorRef ResultCache { get; init; }

    public required IActorRef Throttle { get; init; }

    /// <summary>Finds how many slots there are, where that is to be found.</summary>
    public required ConcurrencyObserver Concurrency { get; init; }

    /// <summary>Notices that tasks have ended; <see cref="ActorRefs.Nobody"/> where each is polled at intervals.</summary>
    public required IActorRef Poller { get; init; }

    /// <summary>Where the service can call when a task changes; null where it cannot.</summary>
    public ITaskHooks? Hooks { get; init; }

    /// <summary>Finds out what became of submits whose answers were lost.</summary>
    public required IActorRef Settlement { get; init; }

    /// <summary>Removes finished tasks from the service; <see cref="ActorRefs.Nobody"/> where they are kept.</summary>
    public required IActorRef Cleanup { get; init; }

    /// <summary>Asks how far the solvers of running tasks are; <see cref="ActorRefs.Nobody"/> where the service does not know.</summary>
    public required IActorRef Solves { get; init; }

    public required IActorRef Progress { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Draws a number from [0, 1); safe for many threads.</summary>
    public required Func<double> Randomizer { get; init; }

    /// <summary>What is typical of the batch.</summary>
    public PublishedDurations Durations { get; init; } = new();

    /// <summary>What the rules of a run know of the world now.</summary>
    public RunMoment Moment() => new(Time.GetUtcNow(), Randomizer(), Durations.Latest);
}
