using System.Diagnostics;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Engine.Caching;
using AimmsOrchestrator.Engine.Cleanup;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Settlement;
using AimmsOrchestrator.Engine.Telemetry;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine;

/// <summary>All that one drive of a batch needs from outside. The journal and the service stay the caller's to dispose of.</summary>
public sealed record BatchAssignment
{
    /// <summary>The batch's number in the journal.</summary>
    public required long Batch { get; init; }

    public required BatchPlan Plan { get; init; }

    /// <summary>Where it goes on; the start by default.</summary>
    public ResumePoint Resume { get; init; } = ResumePoint.Start;

    public required ITaskService Service { get; init; }

    /// <summary>Used by the engine alone while the batch is driven.</summary>
    public required IJournalWriter Writer { get; init; }

    /// <summary>Used by the engine alone while the batch is driven.</summary>
    public required IJournalReader Reader { get; init; }

    /// <summary>Used by the engine alone while the batch is driven.</summary>
    public required IResultCache ResultCache { get; init; }

    /// <summary>Used by the engine alone while the batch is driven.</summary>
    public required ITaskIndex Tasks { get; init; }

    public required IBatchObserver Observer { get; init; }
}

/// <summary>Drives batches in an actor system.</summary>
/// <param name="system">Where the actors live.</param>
/// <param name="time">The clock.</param>
/// <param name="chance">Draws a number from [0, 1); safe for many threads.</param>
public sealed class BatchEngine(ActorSystem system, TimeProvider time, Func<double> chance)
{
    private static readonly TaskId NoTask = new("00000000-0000-0000-0000-000000000000");

    /// <summary>Starts driving a batch.</summary>
    public BatchExecution Start(BatchAssignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var activity = StartActivity(assignment);
        var service = new MeteredTaskService(assignment.Service, activity?.Context ?? default, time);
        var writer = new MeteredJournal(assignment.Writer, activity?.Context ?? default, time);
        var plan = assignment.Plan;
        var name = $"batch-{assignment.Batch}";
        var meter = new ProgressMeter(plan.Runs.Count, assignment.Resume.CountByState);
        var progress = system.ActorOf(ProgressActor.Props(meter, assignment.Observer, time), $"{name}-progress");
        var throttle = system.ActorOf(
            ThrottleActor.Props(plan.Limits, Breaker(plan), () => ProbeAsync(service), time, progress),
            $"{name}-throttle"
        );
        var journal = OnDisk(JournalActor.Props(writer, assignment.Reader), $"{name}-journal");
        var answers = OnDisk(
            Props.Create(() => new ResultCacheActor(assignment.ResultCache, plan.Responses)),
            $"{name}-answers"
        );
        var settlement = OnDisk(
            SettlementActor.Props(plan.Retry.Settlement, assignment.Batch, service, assignment.Tasks, throttle, time),
            $"{name}-settlement"
        );
        var kept = assignment.Resume.KeptTasks;
        var cleanup = plan.DeletesTasks
            ? system.ActorOf(
                CleanupActor.Props(assignment.Batch, service, journal, throttle, plan.Retry, kept),
                $"{name}-cleanup"
            )
            : ActorRefs.Nobody;
        var shared = new RunContext
        {
            Batch = assignment.Batch,
            Rules = new RunRules(plan.Poll, plan.Retry, plan.TimeLimits, plan.Responses),
            Results = plan.Results,
            Service = service,
            Journal = journal,
            ResultCache = answers,
            Throttle = throttle,
            Settlement = settlement,
            Cleanup = cleanup,
            Progress = progress,
            Time = time,
            Chance = chance,
        };
        var outcome = new TaskCompletionSource<BatchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var supervisor = system.ActorOf(
            Props.Create(() => new BatchSupervisorActor(plan, assignment.Resume, shared, outcome)),
            name
        );
        return new BatchExecution(
            supervisor,
            outcome.Task,
            [supervisor, cleanup, settlement, throttle, answers, journal, progress],
            activity
        );
    }

    /// <summary>The activity that every run and request of the batch belongs to; not the caller's own, which goes on.</summary>
    private static Activity? StartActivity(BatchAssignment assignment)
    {
        var callers = Activity.Current;
        var activity = EngineTelemetry.Activities.StartActivity("batch");
        activity?.SetTag("aimms.batch", assignment.Batch);
        activity?.SetTag("aimms.batch.runs", assignment.Plan.Runs.Count);
        Activity.Current = callers;
        return activity;
    }

    /// <summary>Never so impatient that one hiccup at the start ends a night's batch.</summary>
    private static CircuitBreaker Breaker(BatchPlan plan) => new(Math.Max(3, plan.Retry.MaximumAttempts));

    /// <summary>A task that cannot be: every answer, a 404 first of all, tells that somebody is there, and costs nothing.</summary>
    private static async Task<ServiceFault?> ProbeAsync(ITaskService service)
    {
        var reply = await service.GetStateAsync(NoTask, CancellationToken.None).ConfigureAwait(false);
        return reply.Fault is { IsOutage: true } outage ? outage : null;
    }

    /// <summary>An actor that reads or writes the disk, on a thread of its own.</summary>
    private IActorRef OnDisk(Props props, string name) =>
        system.ActorOf(props.WithDispatcher(EngineConfiguration.JournalDispatcher), name);
}

/// <summary>A batch being driven.</summary>
public sealed class BatchExecution : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly IActorRef _supervisor;
    private readonly IReadOnlyList<IActorRef> _actors;
    private readonly Activity? _activity;

    internal BatchExecution(
        IActorRef supervisor,
        Task<BatchOutcome> outcome,
        IReadOnlyList<IActorRef> actors,
        Activity? activity
    )
    {
        _supervisor = supervisor;
        Outcome = outcome;
        _actors = actors;
        _activity = activity;
    }

    /// <summary>How it went; complete once that is on disk.</summary>
    public Task<BatchOutcome> Outcome { get; }

    /// <summary>
    /// Submits nothing more, waits for the answers of the submits under way, leaves the tasks at the service alone and
    /// ends; <see cref="Outcome"/> tells when.
    /// </summary>
    /// <param name="stop">Why.</param>
    public void Detach(BatchStop stop) => _supervisor.Tell(new BatchFact.DetachRequested(stop));

    /// <summary>Stops the actors in the order in which they depend on each other; the journal commits what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var actor in _actors.Where(actor => !actor.IsNobody()))
        {
            await actor.GracefulStop(LongestStop).ConfigureAwait(false);
        }

        _activity?.Dispose();
    }
}
