using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Progress;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>
/// Keeps everything that goes to one service within its limits. <see cref="PermitLedger"/> and <see cref="ServiceHealth"/>
/// decide; this shell knows the time, which actor asked, and when to grant again.
/// </summary>
/// <param name="limits">What the batch may ask of the service at most.</param>
/// <param name="patience">After this number of requests in a row that did not reach the service the batch ends, if the service never answered.</param>
/// <param name="probe">Asks the service something that costs it nothing, while it is away; null where it answers.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Shows what holds the runs back.</param>
/// <param name="shares">Say what the batch demands of an account that it shares.</param>
internal sealed class ThrottleActor(
    Limits limits,
    int patience,
    Func<Task<ServiceFault?>> probe,
    TimeProvider time,
    IActorRef progress,
    ShareRequests shares
) : BatchActor, IWithTimers
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly PermitLedger _ledger = new(limits);
    private readonly ServiceHealth _health = new(patience);
    private readonly SubmitWindow? _window = limits.Window;
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<Grant, IActorRef> _requesters = [];
    private readonly List<Grant> _grants = [];
    private IActorRef _listener = ActorRefs.Nobody;
    private IActorRef _account = ActorRefs.Nobody;
    private Limits _limits = limits;
    private TimeSpan? _grantDueAt;

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => time.GetElapsedTime(_start);

    protected override void PreStart()
    {
        if (shares.IsShared)
        {
            Timers.StartPeriodicTimer(nameof(DemandDue), new DemandDue(), ShareRequests.Interval);
        }
    }

    protected override void PostStop() => shares.End();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ThrottleCommands.Acquire c:
                _requesters[new Grant(c.Permit, c.Kind)] = Sender;
                _ledger.Acquire(c.Permit, c.Kind);
                break;

            case ThrottleCommands.Release c:
                _requesters.Remove(new Grant(c.Permit, c.Kind));
                _ledger.Release(c.Permit, c.Kind);
                break;

            case ThrottleCommands.ReleaseAll c:
                foreach (var kind in Enum.GetValues<PermitKind>())
                {
                    _requesters.Remove(new Grant(c.Permit, kind));
                }

                _ledger.ReleaseAll(c.Permit);
                break;

            case ThrottleCommands.PauseFor c:
                _ledger.PauseUntil(Now + c.Duration);
                progress.Tell(new ProgressNotifications.Paused(c.Duration));
                break;

            case GrantDue:
                _grantDueAt = null;
                break;

            case Share share:
                _ledger.Resize(share, Now);
                break;

            case DemandDue:
                break;

            default:
                if (!HandlesService(message))
                {
                    return;
                }

                break;
        }

        GrantAll();
        shares.Send(_ledger, Now, _limits, isDue: message is DemandDue, Self, _account);
    }

    /// <summary>What concerns the service, or all submits.</summary>
    /// <returns>Whether something may be granted now that was not before.</returns>
    private bool HandlesService(object message)
    {
        switch (message)
        {
            case ThrottleCommands.ReportOutcome c:
                return IsBack(_health.Report(c.Outage, isProbe: false));

            case ProbeAnswered answer:
                return IsBack(_health.Report(answer.Outage, isProbe: true));

            case ProbeDue:
                _ = probe()
                    .PipeTo(
                        Self,
                        success: fault => new ProbeAnswered(fault),
                        failure: e => new ProbeAnswered(new ServiceFault(FaultKind.Unreachable, e.Message))
                    );
                return false;

            case ThrottleCommands.SubscribeToOutage:
                _listener = Sender;
                return false;

            case ThrottleCommands.MarkUnconfirmed c:
                _ledger.MarkUnconfirmed(c.Permit);
                return false;

            case ThrottleCommands.AbandonSlot c:
                _ledger.AbandonSlot(c.Permit);
                Timers.StartSingleTimer(c.Permit, new AbandonedSlotDue(c.Permit), c.For);
                return true;

            case ThrottleCommands.SetSlots c:
                _ledger.Slots = c.Slots;
                progress.Tell(new ProgressNotifications.ConcurrencyFound(c.Slots));
                return true;

            case ThrottleCommands.Apply c:
                Apply(c.Control);
                return true;

            case AbandonedSlotDue due:
                _ledger.ReleaseAbandoned(due.Permit);
                return true;

            case ThrottleCommands.EndSubmits:
                _ledger.HaveSubmitsEnded = true;
                return false;

            default:
                return HandlesAccount(message);
        }
    }

    /// <summary>What concerns the account that the batch shares with others.</summary>
    /// <returns>Whether something may be granted now that was not before.</returns>
    private bool HandlesAccount(object message)
    {
        switch (message)
        {
            case ThrottleCommands.SubscribeToAccount:
                _account = Sender;
                if (_ledger.IsAccountFull)
                {
                    // It has a thread of its own, and the first intent may have been refused before that began.
                    _account.Tell(new AccountFull(AccountCeiling.Of(_limits)));
                }

                return false;

            case ThrottleCommands.AwaitAccount c:
                _ledger.TakeBackSubmit(c.Permit);
                _requesters.Remove(new Grant(c.Permit, PermitKind.Submit));
                _ledger.IsAccountFull = true;
                _account.Tell(new AccountFull(AccountCeiling.Of(_limits)));
                return false;

            case ThrottleCommands.AccountHasRoom:
                _ledger.IsAccountFull = false;
                return true;

            default:
                Unhandled(message);
                return false;
        }
    }

    private void Apply(BatchControl control)
    {
        _ledger.Limit(control.Limits);
        _limits = control.Limits;
        if (_ledger.IsAccountFull)
        {
            _account.Tell(new AccountFull(AccountCeiling.Of(_limits)));
        }

        _ledger.IsPaused = control.PausedSince is not null;
        progress.Tell(new ProgressNotifications.PausedByPerson(control.PausedSince));
        if (!control.Limits.FindsConcurrency)
        {
            // Where the number is found, what finds it says how many slots there are.
            _ledger.Slots = control.Limits.MaxUnfinishedTasks;
            progress.Tell(new ProgressNotifications.ConcurrencyFound(Tasks: null));
        }
    }

    private bool IsBack(HealthChange? change)
    {
        _ledger.IsClosed = _health.IsAway;
        switch (change)
        {
            case HealthChange.Back:
                Timers.Cancel(nameof(ProbeDue));
                progress.Tell(new ProgressNotifications.ServiceAway(Message: null));
                return true;

            case HealthChange.Away away:
                Timers.StartSingleTimer(nameof(ProbeDue), new ProbeDue(), away.ProbeAfter);
                progress.Tell(new ProgressNotifications.ServiceAway(away.Message));
                return false;

            case HealthChange.NeverReachable never:
                _listener.Tell(new BatchFact.ServiceRefused(never.Fault.Message));
                return false;

            default:
                return false;
        }
    }

    private void GrantAll()
    {
        if (_window is not null)
        {
            _ledger.SubmitFrom(Now + _window.UntilOpen(time.GetUtcNow()));
        }

        _grants.Clear();
        _ledger.GrantAll(Now, _grants);
        foreach (var grant in _grants)
        {
            if (_requesters.Remove(grant, out var requester))
            {
                requester.Tell(grant);
            }
        }

        var now = Now;
        if (_ledger.NextGrantAt(now) is { } next && (_grantDueAt is null || next < _grantDueAt))
        {
            _grantDueAt = next;
            // A timer that fires a moment early would have nothing to grant: round up.
            var wait = next > now ? next - now + ShortestWait : ShortestWait;
            Timers.StartSingleTimer(nameof(GrantDue), new GrantDue(), wait);
        }
    }

    private sealed record GrantDue;

    private sealed record DemandDue;

    private sealed record AbandonedSlotDue(PermitId Permit);

    private sealed record ProbeDue;

    private sealed record ProbeAnswered(ServiceFault? Outage);
}
