using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Cleanup;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Runs;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;
using static AimmsOrchestrator.Engine.Throttling.ThrottleNotifications;

namespace AimmsOrchestrator.Engine.Batches;

/// <summary>
/// Takes one batch from its first run to its last. It asks the throttle for a place before it makes a run, so that a
/// million runs that wait are a number in a cursor; it watches every task actor, takes a crashed one up again from what
/// the journal has of it, and ends when nothing is under way and nothing will be.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal sealed class BatchSupervisorActor : UntypedActor, IWithTimers
{
    /// <summary>How often one run may crash its actor before the run is reported as failed by a mistake in this program.</summary>
    private const int MostCrashes = 2;

    /// <summary>How many runs may wait for the answer of one that asks the same, or for the journal, without a place at the service.</summary>
    private const int MostWaiting = 256;

    /// <summary>A timer of hours would be late after the machine slept: the time of day is looked at instead.</summary>
    private static readonly TimeSpan ClockLook = TimeSpan.FromSeconds(1);

    private readonly BatchWork _work;
    private readonly RunContext _around;
    private readonly RunCursor _cursor;
    private readonly ActiveRuns _live = new();
    private readonly SlotRequests _places;
    private readonly RunSpawner _keeper;
    private readonly int _mostLive;
    private readonly StopRules _stops;
    private BatchTally _tally;
    private bool _isHarvested;
    private bool _hasLeftRuns;
    private bool _isCleaning;
    private bool _isEnding;

    public BatchSupervisorActor(BatchWork work, RunContext around)
    {
        _work = work;
        _around = around;
        _cursor = new RunCursor(work.Plan.Runs, work.Resume);
        _places = new SlotRequests(around.Throttle);
        _keeper = new RunSpawner(around, _live, Context);
        _tally = work.Resume.ToTally();
        _stops = new StopRules(work.Plan, _tally, around.Time.GetUtcNow());

        // As many again as may be unfinished at the service: runs whose task has ended and whose response is on its way;
        // and those that wait for another run's answer.
        _mostLive = (2 * work.Plan.Limits.MaxUnfinishedTasks) + MostWaiting;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(BatchWork work, RunContext around) =>
        Akka.Actor.Props.Create<BatchSupervisorActor>(work, around);

    protected override void PreStart()
    {
        _around.Journal.Tell(new JournalCommands.SubscribeToFailure());
        _around.Throttle.Tell(ThrottleCommands.SubscribeToOutage.Instance);
        foreach (var run in _work.Resume.Earlier)
        {
            _stops.Replay(run.Results);
            _around.Durations.Add(run.QueueTime, run.RunTime);
        }

        if (_stops.Schedule is not null)
        {
            Timers.StartPeriodicTimer(
                SupervisorFacts.ClockTick.Instance,
                SupervisorFacts.ClockTick.Instance,
                ClockLook
            );
        }

        RequestSlots();
        EndIfOver();
    }

    protected override void PostStop() => _cursor.Dispose();

    /// <summary>Never restarts by itself: what a crashed run had done is in the journal, and nowhere else.</summary>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(e =>
        {
            Self.Tell(new SupervisorFacts.Crashed(Sender, e), Sender);
            return Directive.Stop;
        });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Granted { Kind: PermitKind.Slot } granted when _places.TryAccept(granted.Permit):
                Admit(granted.Permit);
                break;

            case RunNotifications.ServiceRefused refusal:
                Stop(new BatchStop(BatchEnd.ServiceRefused, refusal.Fault.Message));
                break;

            case ServiceNeverReachable never:
                Stop(new BatchStop(BatchEnd.ServiceRefused, never.Fault.Message));
                break;

            case SupervisorFacts.ClockTick when _stops.Schedule is { } schedule:
                HandleClockTick(schedule, _around.Time.GetUtcNow());
                break;

            case CleanupNotifications.Done done:
                (_isCleaning, _tally) = (false, _tally with { TasksKept = done.Kept });
                break;

            case BatchCommands.Detach leave:
                Stop(leave.Stop);
                break;

            case JournalNotifications.Failed lost:
                Stop(new BatchStop(BatchEnd.JournalLost, lost.Reason));
                Finish();
                return;

            case JournalNotifications.Appended when _isEnding:
                Finish();
                return;

            default:
                HandleRun(message);
                break;
        }

        RequestSlots();
        EndIfOver();
    }

    private void HandleRun(object message)
    {
        switch (message)
        {
            case RunNotifications.Ended ended when _live.TryGet(ended.Permit, out var live):
                live.IsDone = true;
                CountEnd(ended.Phase, ended.Results);
                break;

            case RunNotifications.Detached left when _live.TryGet(left.Permit, out var live):
                live.IsDone = true;
                _hasLeftRuns = true;
                break;

            case SupervisorFacts.Crashed crash:
                _live.Crashed(crash.Actor, crash.Exception);
                break;

            case SupervisorFacts.Terminated gone when _live.TryGet(gone.Permit, out var live):
                AfterwardsOf(gone.Permit, live);
                break;

            case JournalNotifications.Replayed recalled:
                Restart(recalled);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void CountEnd(RunPhase phase, RunResults? results)
    {
        _tally = _tally.With(phase);
        if (_stops.Ended(_tally, results) is { } stop && _tally.Ended != _work.Plan.Runs.Count)
        {
            Stop(stop);
        }
    }

    private void HandleClockTick(StopSchedule schedule, DateTimeOffset now)
    {
        if (now >= schedule.SubmitsEnd && !_tally.IsClosing)
        {
            _tally = _tally with { IsClosing = true };
            _around.Throttle.Tell(ThrottleCommands.EndSubmits.Instance);
            _places.Cancel();
        }

        if (now >= schedule.Drain && !_isHarvested)
        {
            _isHarvested = true;
            _live.TellAll(new RunFact.DrainRequested());
        }

        // Once every run has ended, nothing is left that a deadline could cut short.
        if (now >= schedule.End && !_isCleaning)
        {
            Stop(_stops.Deadline);
        }
    }

    private void RequestSlots()
    {
        while (
            _tally.MayAdmit
            && _places.Count < _work.Plan.Limits.MaxUnfinishedTasks
            && _places.Count + _live.Count < _mostLive
        )
        {
            _places.Request();
        }
    }

    private void Admit(PermitId permit)
    {
        if (!_tally.MayAdmit || _cursor.Next() is not { } next)
        {
            _tally = _tally with { IsSourceAtEnd = _tally.Stop is null };
            _around.Throttle.Tell(new ThrottleCommands.ReleaseAll(permit));
            return;
        }

        var live = new ActiveRun(next.Planned);
        _live.Add(permit, live);
        Spawn(
            permit,
            live,
            next.Run,
            next.HasBegun
                ? new RunFact.Restarted(_work.Resume.IsServiceNew, next.Planned.Defect)
                : new RunFact.Admitted(next.Planned.Defect)
        );
    }

    private void Spawn(PermitId permit, ActiveRun live, Run run, RunFact first)
    {
        _keeper.Start(permit, live, run, first);
        _tally = _tally with { Live = _live.Count };
        if (_isHarvested)
        {
            live.Actor.Tell(new RunFact.DrainRequested());
        }

        if (_tally.Stop is not null)
        {
            live.Actor.Tell(RunCommands.Detach.Instance);
        }
    }

    private void AfterwardsOf(PermitId permit, ActiveRun live)
    {
        if (live.IsDone)
        {
            _keeper.Release(permit, live);
            _tally = _tally with { Live = _live.Count };
        }
        else
        {
            _keeper.Replay(permit, live);
        }
    }

    private void Restart(JournalNotifications.Replayed recalled)
    {
        if (_live.At(recalled.Index) is not var (permit, live))
        {
            return;
        }

        var run = Run.FromEvents(recalled.Events);
        if (live.Crashes <= MostCrashes)
        {
            _keeper.ReleaseSubmit(permit, run);
            Spawn(permit, live, run, new RunFact.Restarted(IsServiceNew: false, live.Planned.Defect));
        }
        else if (!run.Phase.IsEnded())
        {
            _keeper.FailAsBug(live, run);
        }
        else
        {
            // On disk, where those who wait for its answer look for it.
            CountEnd(run.Phase, results: null);
            live.IsDone = true;
            AfterwardsOf(permit, live);
        }
    }

    private void Stop(BatchStop stop)
    {
        // An end that is being written down is the end, unless it cannot be written.
        if (_tally.Stop is not null || (_isEnding && stop.End != BatchEnd.JournalLost))
        {
            return;
        }

        _tally = _tally.StoppedBy(stop);
        _places.Cancel();
        _live.TellAll(RunCommands.Detach.Instance);
    }

    private void EndIfOver()
    {
        if (!_tally.IsOver || _isEnding || (_isCleaning && _tally.Stop is null))
        {
            return;
        }

        var isAll = (_tally.IsSourceAtEnd || _tally.Ended == _work.Plan.Runs.Count) && !_hasLeftRuns;
        if (_tally is { IsClosing: true, Stop: null } && !isAll)
        {
            Stop(_stops.Deadline);
        }

        if (_work.Resume.IsOnlyBegun && _tally.Stop is null && _tally.Ended < (_work.Plan.Runs.Count ?? long.MaxValue))
        {
            Stop(new BatchStop(BatchEnd.Retried, "only what had failed was run again"));
        }

        if (_tally is { Stop: null, TasksKept: null } && !_around.Cleanup.IsNobody())
        {
            _isCleaning = true;
            _around.Cleanup.Tell(CleanupCommands.FinishUp.Instance);
            return;
        }

        _isEnding = true;
        var end = _tally.Stop?.End ?? BatchEnd.AllRunsEnded;
        var entry = new BatchEnded(_around.Batch, end, _tally.Stop?.Reason, _around.Time.GetUtcNow());
        _around.Journal.Tell(new JournalCommands.Append(entry, IsAcknowledged: true));
    }

    private void Finish()
    {
        _work.Outcome.TrySetResult(
            new BatchOutcome(_tally.Stop?.End ?? BatchEnd.AllRunsEnded, _tally.Stop?.Reason, _tally)
        );
        Context.Stop(Self);
    }
}
