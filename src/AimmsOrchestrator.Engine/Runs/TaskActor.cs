using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Cleanup;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Polling;
using AimmsOrchestrator.Engine.Settlement;
using AimmsOrchestrator.Engine.Solves;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Runs;

/// <summary>
/// Takes one run from its submit to its result. The <see cref="RunRules"/> decide; this shell does, in a ring: a fact
/// comes in, the decision's events go to the journal, its effects are performed once they are on disk, and what those
/// bring is the next fact. At most one thing is under way at a time: a timer, a requested permit, or a request.
/// </summary>
internal sealed class TaskActor(RunContext shared, ActiveRun active, PermitId permit, Run run, RunFact first)
    : RequestingActor
{
    private readonly PlannedRun _planned = active.Planned;
    private readonly TaskRequests _requests = new(shared.Service, shared.Throttle);
    private readonly RunPermits _permits = new(shared, permit);
    private readonly RunProgress _progress = new(shared.Progress, active.Planned);
    private Run _run = run;
    private Run _beforeIntent = run;
    private List<RunEffect>? _held;
    private NextRequest _next = null!;
    private RunHook _hook = null!;
    private RunResults? _results;

    /// <summary>Of the large response that the run holds, until it is on disk or not needed.</summary>
    private IDisposable? _lease;

    protected override void PreStart()
    {
        _next = new NextRequest(shared, permit, Timers, Self);
        _hook = new RunHook(shared, Self);
        if (first is RunFact.Restarted)
        {
            // It is counted already, where it stands.
            _progress.Known(_run);
        }

        Handle(first);
    }

    protected override void PostStop()
    {
        ReleaseMemory();
        _next.Stop();
        _hook.Close();
        shared.Solves.Tell(new SolveCommands.Unwatch(_planned.Index));
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunFact.ResponseAnswered { Reply.Value.Lease: { } lease } answered:
                _lease = lease;
                Handle(answered);
                break;

            case RunFact.CacheHit { End: CachedOutcome.WithResponse { Response.Lease: { } lease } } hit:
                _lease = lease;
                Handle(hit);
                break;

            case RunFact fact:
                Handle(fact);
                break;

            case JournalNotifications.Appended when _held is { } effects:
                _held = null;
                PerformAll(effects);
                break;

            case JournalNotifications.Refused when _held is not null:
                // What was to follow the intent does not happen.
                _held = null;
                Handle(new RunFact.IntentRefused(_beforeIntent));
                break;

            case NextRequest.WaitElapsed:
                _next.WaitIsOver();
                break;

            case Grant { Kind: PermitKind.Submit }:
                _beforeIntent = _run;
                Handle(new RunFact.SubmitAllowed());
                break;

            case Grant { Kind: PermitKind.Request }:
                _requests.Send(_next.Effect, Self, Stopped);
                break;

            case TaskRequests.StillQueued queued:
                _requests.Delete(queued.Task, Self, Stopped);
                break;

            case PollerNotifications.PollDue
            or PollerNotifications.Listed:
                TakePoll(message);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The poller answers; an answer that is out of date changes nothing.</summary>
    private void TakePoll(object answer)
    {
        switch (answer)
        {
            case PollerNotifications.PollDue due when _next.Take(due.Number):
                _next.WaitIsOver();
                break;

            case PollerNotifications.Listed listed when _next.Take(listed.Number):
                Handle(new RunFact.StateAnswered(listed.Task));
                break;
        }
    }

    private void Handle(RunFact fact)
    {
        var decision = shared.Rules.Integrate(_run, fact, shared.Moment());
        var after = _run;
        _run = decision.Next;
        _progress.Show(_run);
        WatchSolve(fact is RunFact.Restarted ? Run.New : after);

        // The events of a decision may go to disk in two groups: the last of them is waited for.
        var awaited = decision.Events.LastOrDefault(change => change.PersistBeforeEffects);
        foreach (var change in decision.Events)
        {
            var before = after.Phase;

            // After its last event the run is as decided: the rules have folded it already.
            after = ReferenceEquals(change, decision.Events[^1]) ? _run : after.Apply(change);
            _results = (change as RunCompleted)?.Results ?? (change as RunReused)?.Results;
            ShowEnd(change);

            shared.Journal.Tell(
                new JournalCommands.Append(
                    new RunEventEntry(shared.Batch, _planned, change, before, after),
                    IsAcknowledged: ReferenceEquals(change, awaited)
                ),
                Self
            );
        }

        if (_held is not null)
        {
            Hold(decision.Effects);
        }
        else if (awaited is not null)
        {
            _held = [.. decision.Effects];
        }
        else
        {
            PerformAll(decision.Effects);
        }
    }

    /// <summary>From the first poll that finds the task running to the end of its stay at the service.</summary>
    private void WatchSolve(Run before)
    {
        var (was, now) = (IsSolved(before), IsSolved(_run));
        if (now && !was)
        {
            var since = _run.ActiveSince ?? shared.Time.GetUtcNow();
            shared.Solves.Tell(new SolveCommands.Watch(_planned.Index, _run.TaskId!.Value, since));
        }
        else if (was && !now)
        {
            shared.Solves.Tell(new SolveCommands.Unwatch(_planned.Index));
        }

        static bool IsSolved(Run run) =>
            run is { Phase: RunPhase.AtService, TaskId: not null } && run.TaskState.IsExecuting();
    }

    /// <summary>How long tasks take tells how long the next ones will.</summary>
    private void ShowEnd(RunEvent change)
    {
        if ((change as TaskCompleted)?.Task is { } completed)
        {
            Context.Parent.Tell(new BatchFact.TaskCompleted(completed.QueueTime, completed.RunTime));
        }

        if (((change as TaskCompleted)?.Task ?? (change as TaskFailed)?.Task) is { } ended)
        {
            shared.Poller.Tell(
                new PollerCommands.AddDurations(ended.Id, ended.QueueTime, ended.RunTime) { Hook = _hook.Id }
            );
        }
    }

    /// <summary>What is decided while events are being written waits for them too. A detach replaces it all.</summary>
    private void Hold(IReadOnlyList<RunEffect> effects)
    {
        if (effects is [RunEffect.Detach])
        {
            _held!.Clear();
        }

        _held!.AddRange(effects);
    }

    private void PerformAll(IReadOnlyList<RunEffect> effects)
    {
        foreach (var effect in effects)
        {
            Perform(effect);
        }
    }

    private void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.Permitted e:
                ReleaseMemory();
                _next.Schedule(e);
                break;

            case RunEffect.Watch e:
                _next.Watch(e);
                break;

            case RunEffect.PollNow e:
                _next.PollNow(e.Task);
                break;

            case RunEffect.PollWithin e:
                _next.PollWithin(e.After);
                break;

            case RunEffect.Settle e:
                Settle(e);
                break;

            case RunEffect.Submit e:
                var request = _hook.Renew(_planned.Request!) with { Lease = shared.Lease };
                _requests.Submit(request, e.Attempt, Self, Stopped);
                break;

            case RunEffect.ExtractResults e:
                ExtractResults(e);
                break;

            case RunEffect.StopBatch e:
                Context.Parent.Tell(new BatchFact.ServiceRefused(e.Fault.Message));
                break;

            case RunEffect.Detach:
                Context.Parent.Tell(new BatchFact.RunDetached(permit));
                Context.Stop(Self);
                break;

            case RunEffect.Finish:
                Finish();
                break;

            default:
                _permits.Perform(effect);
                break;
        }
    }

    private void ExtractResults(RunEffect.ExtractResults effect)
    {
        var results = shared.Results.Read(_planned, effect.Task, effect.Response);
        Handle(
            new RunFact.ResultsExtracted(effect.Response, results, effect.Earlier)
            {
                ExtractionKey = active.Key!.Value.Extraction,
            }
        );
    }

    private void Settle(RunEffect.Settle effect)
    {
        var submit = effect.ToLostSubmit(_planned.Request!.Target);
        shared.Throttle.Tell(new ThrottleCommands.MarkUnconfirmed(permit));
        shared.Settlement.Tell(new SettlementCommands.Settle(_planned.Index, effect.Attempt, submit));
    }

    private void ReleaseMemory()
    {
        _lease?.Dispose();
        _lease = null;
    }

    private void Finish()
    {
        if (_results is { } results)
        {
            _progress.Completed(_run, results);
        }

        if (_run is { Phase: RunPhase.Completed, TaskId: { } task })
        {
            shared.Cleanup.Tell(new CleanupCommands.Delete(_planned.Index, task));
        }

        if (_run.MayHaveUnfinishedTask)
        {
            var time = shared.Rules.TimeOfAbandoned(shared.Durations.Latest);
            shared.Throttle.Tell(new ThrottleCommands.AbandonSlot(permit, time));
        }

        Context.Parent.Tell(new RunNotifications.Ended(permit, _run.Phase, _results, _run.CopiedFrom is not null));
        Context.Stop(Self);
    }
}
