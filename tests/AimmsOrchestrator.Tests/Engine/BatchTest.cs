using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.TaskService.Insight;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Engine.Batches;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine;

/// <summary>Whole batches through the real actors, in virtual time, against a service and a journal in memory.</summary>
public abstract class BatchTest : VirtualTimeTest
{
    private readonly MemoryJournal _memory = new();
    private BatchExecution? _execution;
    private ProgressSubscription? _progress;
    private BatchProgress? _latest;

    private protected BatchTest()
    {
        Service = new FakeTaskService(Time);
        Answers = new FakeResultCache(_memory);
        Tasks = new FakeTaskIndex(_memory);
    }

    private protected List<JournalEntry> Journal => _memory.Entries;

    private protected MemoryJournal Memory => _memory;

    /// <summary>The account that the batch shares with others; null where it shares none.</summary>
    private protected AccountAssignment? Account { get; set; }

    private protected FakeTaskService Service { get; }

    /// <summary>The claim's lease; null for one that holds until the claim is lost.</summary>
    private protected ISendLease? Lease { get; set; }

    /// <summary>How many entries the journal refused the latest execution.</summary>
    private protected int RefusedEntries => _execution!.RefusedEntries;

    private protected FakeTaskHooks? Hooks { get; set; }

    /// <summary>Knows how far solvers are; null where the service does not.</summary>
    private protected ISolveMonitor? Solves { get; set; }

    private protected FakeResults Results { get; } = new();

    private protected FakeResultCache Answers { get; }

    private protected FakeTaskIndex Tasks { get; }

    private protected FakeRuns Runs { get; set; } = new(10);

    private protected Limits Limits { get; set; } = new() { MaxUnfinishedTasks = 4 };

    private protected RetryPolicy Retry { get; set; } = RetryPolicy.Default;

    private protected FailureBudget? Failures { get; set; }

    /// <summary>Since when the batch is paused as it starts; null where it is not.</summary>
    private protected DateTimeOffset? PausedSince { get; set; }

    /// <summary>What the scenario says beyond that.</summary>
    private protected Func<BatchPlan, BatchPlan> Plan { get; set; } = plan => plan;

    /// <summary>The latest snapshot.</summary>
    private protected BatchProgress Progress
    {
        get
        {
            while (_progress!.Snapshots.TryRead(out var newer))
            {
                _latest = newer;
            }

            return _latest!;
        }
    }

    private protected ProgressSubscription Subscribe()
    {
        ProgressSubscription? subscription = null;
        Act(() => subscription = _execution!.Subscribe());
        return subscription!;
    }

    /// <summary>How the latest execution ended.</summary>
    private protected Task<BatchOutcome> Outcome
    {
        get
        {
            Assert.True(IsOver, $"The batch is not over at {Time.GetUtcNow():HH:mm:ss}.");
            return _execution!.Outcome;
        }
    }

    private protected bool IsOver => _execution!.Outcome.IsCompleted;

    private protected List<T> Steps<T>()
        where T : RunEvent => [.. Journal.OfType<RunEventEntry>().Select(s => s.Event).OfType<T>()];

    /// <summary>Where the batch resumes, by the journal in memory.</summary>
    private protected ResumePoint Resume()
    {
        var steps = Journal
            .OfType<RunEventEntry>()
            .GroupBy(s => s.Planned.Index)
            .ToDictionary(g => g.Key, g => g.Select(s => s.Event));
        var runs = steps.ToDictionary(s => s.Key, s => Run.FromEvents(s.Value));
        return new ResumePoint
        {
            Ended = [.. runs.Where(r => r.Value.Phase.IsEnded()).Select(r => r.Key).Order()],
            Unfinished = steps
                .Where(s => !runs[s.Key].Phase.IsEnded())
                .ToDictionary(s => s.Key, IReadOnlyList<RunEvent> (s) => [.. s.Value]),
            Earlier = [.. Steps<RunCompleted>().Select(step => new EarlierRun(step.Results, null, null))],
            CountByState = runs.Values.Aggregate(
                StateCounts.None,
                (counts, run) => counts.Plus(run.Phase.ToState(run.TaskState), 1)
            ),
        };
    }

    private protected void Start() => Start(ResumePoint.Start);

    /// <summary>Another process resumes the batch; if the first one still drives it, it dies on the spot.</summary>
    /// <param name="adjust">What it takes on otherwise than the journal says.</param>
    private protected async Task ResumeAsync(Func<ResumePoint, ResumePoint>? adjust = null)
    {
        _memory.IsCut = !IsOver;
        await StopAsync();
        _memory.IsCut = false;
        Start(adjust is null ? Resume() : adjust(Resume()));
    }

    private protected void Start(ResumePoint resume)
    {
        var plan = new BatchPlan
        {
            Runs = Runs,
            Results = Results,
            Limits = Limits,
            Poll = PollPolicy.Every(TimeSpan.FromSeconds(1)),
            Retry = Retry,
            FailureBudget = Failures,
        };
        var assignment = new BatchAssignment
        {
            Batch = 1,
            Lease = Lease,
            Plan = Plan(plan),
            Resume = resume,
            Solves = Solves,
            PausedSince = PausedSince,
            Service = Service,
            Hooks = Hooks,
            Writer = _memory,
            History = _memory,
            ResultCache = Answers,
            Tasks = Tasks,
            Account = Account,
        };
        Act(() => _execution = new BatchEngine(Sys, Time, () => 0.5).Start(assignment));
        Act(() => _progress = _execution!.Subscribe());
    }

    /// <summary>The process ends in order.</summary>
    private protected Task StopAsync() => ActAsync(() => _execution!.DisposeAsync().AsTask());

    /// <summary>Another process claims the batch while this one still executes it.</summary>
    private protected void ClaimElsewhere() => _memory.Claim(1);

    /// <summary>A person interrupts the batch.</summary>
    private protected void Leave() => Act(() => _execution!.Detach(new BatchStop(BatchEnd.Interrupted, "interrupted")));

    /// <summary>A person pauses the batch, lets it continue, or changes its limits.</summary>
    private protected void Apply(BatchControl control) => Act(() => _execution!.Apply(control));
}
