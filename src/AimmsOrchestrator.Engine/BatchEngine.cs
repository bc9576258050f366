using System.Diagnostics;
using System.Globalization;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Accounts;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Engine.Caching;
using AimmsOrchestrator.Engine.Cleanup;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Polling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Settlement;
using AimmsOrchestrator.Engine.Solves;
using AimmsOrchestrator.Engine.Telemetry;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;
using Akka.Hosting;

namespace AimmsOrchestrator.Engine;

/// <summary>Executes batches in an actor system.</summary>
/// <param name="system">Where the actors live.</param>
/// <param name="time">The clock.</param>
/// <param name="randomizer">Draws a number from [0, 1); safe for many threads.</param>
public sealed class BatchEngine(ActorSystem system, TimeProvider time, Func<double> randomizer)
{
    private static readonly TimeSpan BetweenSolves = TimeSpan.FromSeconds(5);
    private static readonly TaskId NoTask = new("00000000-0000-0000-0000-000000000000");

    /// <summary>Starts the execution of a batch.</summary>
    public BatchExecution Start(BatchAssignment assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var activity = StartActivity(assignment);
        var metered = new MeteredTaskService(assignment.Service, activity?.Context ?? default, time);
        var leased = new LeasedJournal(assignment.Writer, assignment.Lease);
        var writer = new MeteredJournal(leased, activity?.Context ?? default, time);
        var (batch, plan) = (assignment.Batch, assignment.Plan);
        var resume = assignment.Resume with { IsPaused = assignment.PausedSince is not null };
        var name = NameOf(assignment);
        var progress = StartProgress(new ProgressMeter(plan.Runs.Count, resume.CountByState), $"{name}-progress");
        var throttle = StartThrottle(assignment, metered, progress, $"{name}-throttle");
        var service = new ConcurrencyObserver(metered, plan.Limits, resume.Unfinished.Count, throttle, time);
        var journal = StartJournal(assignment, writer, $"{name}-journal");
        var results = StartResultCache(assignment, $"{name}-results");
        var settlement = StartSettlement(assignment, service, throttle, journal, progress);
        var poller = StartPoller(assignment, service, throttle, $"{name}-poller");
        var cleanup = StartCleanup(assignment, service, journal, throttle, $"{name}-cleanup");
        var retry = plan.Retry with { Settlement = plan.Retry.Settlement.After(leased.Lifetime) };
        var rules = new RunRules(plan.Poll, retry, plan.TimeLimits, plan.Responses, plan.Results.ReadsJson);
        var durations = new PublishedDurations();
        var patience = () => Patience(plan, rules, durations);
        var account = StartAccount(assignment, service, throttle, journal, progress, patience);
        var solves = StartSolves(assignment, journal, throttle, $"{name}-solves");
        var shared = new RunContext
        {
            Batch = batch,
            Rules = rules,
            Durations = durations,
            Results = plan.Results,
            Service = service,
            Lease = leased,
            Journal = journal,
            ResultCache = results,
            Throttle = throttle,
            Concurrency = service,
            Poller = poller,
            Hooks = assignment.Hooks,
            Settlement = settlement,
            Cleanup = cleanup,
            Solves = solves,
            Progress = progress,
            Time = time,
            Randomizer = randomizer,
        };
        var outcome = new TaskCompletionSource<BatchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef[] all = [cleanup, solves, poller, settlement, account, throttle, results, journal, progress];
        var others = all.Where(actor => !actor.IsNobody()).ToList();
        var supervisor = StartSupervisor(plan, resume, shared, others, outcome, name);
        return new BatchExecution(
            supervisor,
            progress,
            outcome.Task,
            [supervisor, .. others],
            journal,
            leased,
            new Warning("set", batch, journal, progress, time),
            activity
        );
    }

    private IActorRef StartSupervisor(
        BatchPlan plan,
        ResumePoint resume,
        RunContext shared,
        IReadOnlyList<IActorRef> others,
        TaskCompletionSource<BatchOutcome> outcome,
        string name
    ) => system.ActorOf(Props.Create(() => new BatchSupervisorActor(plan, resume, shared, others, outcome)), name);

    /// <summary>The names of an execution that has just ended may still be taken; its epoch was another one.</summary>
    private static string NameOf(BatchAssignment assignment) =>
        string.Create(CultureInfo.InvariantCulture, $"batch-{assignment.Batch}-{assignment.Epoch}");

    private IActorRef StartProgress(ProgressMeter meter, string name) =>
        system.ActorOf(Props.Create(() => new ProgressActor(meter, time)), name);

    private IActorRef StartJournal(BatchAssignment assignment, IJournalWriter writer, string name)
    {
        var (history, epoch, account) = (assignment.History, assignment.Epoch, assignment.Account?.Name);
        var limits = assignment.Plan.Limits;
        return system.ActorOf(
            OnDisk(Props.Create(() => new JournalActor(writer, history, epoch, account, limits))),
            name
        );
    }

    private IActorRef StartResultCache(BatchAssignment assignment, string name)
    {
        var (cache, responses) = (assignment.ResultCache, assignment.Plan.Responses);
        return system.ActorOf(OnDisk(Props.Create(() => new ResultCacheActor(cache, responses))), name);
    }

    private IActorRef StartThrottle(BatchAssignment assignment, ITaskService service, IActorRef progress, string name)
    {
        var (limits, patience) = (assignment.Plan.Limits, PatienceWithSilence(assignment.Plan));
        var shares = new ShareRequests(assignment.Account?.Name, assignment.Batch, FindCoordinator, time);
        Func<Task<ServiceFault?>> probe = () => ProbeAsync(service);
        var throttle = system.ActorOf(
            Props.Create(() => new ThrottleActor(limits, patience, probe, time, progress, shares)),
            name
        );
        if (assignment.PausedSince is { } since)
        {
            // Before anything asks for a permit.
            throttle.Tell(new ThrottleCommands.Apply(new BatchControl(limits, since)));
        }

        return throttle;
    }

    private IActorRef StartSettlement(
        BatchAssignment assignment,
        ITaskService service,
        IActorRef throttle,
        IActorRef journal,
        IActorRef progress
    )
    {
        var (batch, policy, tasks) = (assignment.Batch, assignment.Plan.Retry.Settlement, assignment.Tasks);
        var warning = new Warning("list", batch, journal, progress, time);
        return system.ActorOf(
            OnDisk(Props.Create(() => new SettlementActor(policy, batch, service, tasks, throttle, warning, time))),
            $"{NameOf(assignment)}-settlement"
        );
    }

    private IActorRef StartAccount(
        BatchAssignment assignment,
        ITaskService service,
        IActorRef throttle,
        IActorRef journal,
        IActorRef progress,
        Func<TimeSpan> patience
    )
    {
        if (assignment.Account is not { Book: { } book })
        {
            return ActorRefs.Nobody;
        }

        var batch = assignment.Batch;
        var warning = new Warning("account", batch, journal, progress, time);
        return system.ActorOf(
            OnDisk(
                Props.Create(() =>
                    new AccountActor(book, batch, patience, service, throttle, FindCoordinator, warning, progress, time)
                )
            ),
            $"{NameOf(assignment)}-account"
        );
    }

    private IActorRef StartPoller(BatchAssignment assignment, ITaskService service, IActorRef throttle, string name)
    {
        var (poll, earlier) = (assignment.Plan.Poll, assignment.Earlier);
        return poll.IsAdaptive
            ? system.ActorOf(Props.Create(() => new PollerActor(poll.Budget, service, throttle, time, earlier)), name)
            : ActorRefs.Nobody;
    }

    private IActorRef StartCleanup(
        BatchAssignment assignment,
        ITaskService service,
        IActorRef journal,
        IActorRef throttle,
        string name
    )
    {
        var (batch, retry, left) = (assignment.Batch, assignment.Plan.Retry, assignment.Resume.KeptTasks);
        return assignment.Plan.DeletesTasks
            ? system.ActorOf(Props.Create(() => new CleanupActor(batch, service, journal, throttle, retry, left)), name)
            : ActorRefs.Nobody;
    }

    /// <summary>A twentieth of the requests at most.</summary>
    private IActorRef StartSolves(BatchAssignment assignment, IActorRef journal, IActorRef throttle, string name)
    {
        if (assignment.Solves is not { MayKnowSolves: true } monitor)
        {
            return ActorRefs.Nobody;
        }

        var share = assignment.Plan.Limits.Requests is { } rate ? 20 * (rate.Period / rate.Count) : TimeSpan.Zero;
        var (batch, every) = (assignment.Batch, share > BetweenSolves ? share : BetweenSolves);
        return system.ActorOf(
            Props.Create(() => new SolvesActor(batch, monitor, journal, throttle, every, time)),
            name
        );
    }

    /// <summary>The activity that every run and request of the batch belongs to; the caller's own stays current.</summary>
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
    private static int PatienceWithSilence(BatchPlan plan) => Math.Max(3, plan.Retry.MaximumAttempts);

    /// <summary>
    /// How long a lost submit of a batch that was left is taken to be an unfinished task: longer than the process that resumes
    /// that batch takes to find it.
    /// </summary>
    private static TimeSpan Patience(BatchPlan plan, RunRules rules, PublishedDurations durations)
    {
        var (abandoned, settled) = (rules.TimeOfAbandoned(durations.Latest), 3 * plan.Retry.Settlement.Settle);
        return abandoned > settled ? abandoned : settled;
    }

    /// <summary>Asks for a task that cannot exist: every answer, a 404 first of all, shows that the service is there, and costs nothing.</summary>
    private static async Task<ServiceFault?> ProbeAsync(ITaskService service)
    {
        var reply = await service.GetStateAsync(NoTask, CancellationToken.None).ConfigureAwait(false);
        return reply.Fault is { IsOutage: true } outage ? outage : null;
    }

    /// <summary>Asked anew each time: another one may have taken its place.</summary>
    private IActorRef? FindCoordinator() =>
        ActorRegistry.For(system).TryGet<CoordinatorActor>(out var coordinator) ? coordinator : null;

    /// <summary>An actor that reads or writes the disk has a thread of its own.</summary>
    private static Props OnDisk(Props props) => props.WithDispatcher(EngineConfiguration.JournalDispatcher);
}
