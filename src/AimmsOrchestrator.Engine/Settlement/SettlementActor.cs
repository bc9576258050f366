using System.Diagnostics.CodeAnalysis;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Settlement;

/// <summary>
/// Finds out what became of the batch's POSTs whose answers were lost: looks at the service's list of tasks now and then,
/// and tells each run what the <see cref="SettlementRules"/> make of it. It sees all of them, since one's task may be
/// another's. It reads the disk, and therefore has a thread of its own.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor disposes of what it owns in PostStop.")]
internal sealed class SettlementActor : UntypedActor, IWithTimers
{
    /// <summary>Its requests count against the limits as everybody's do; runs have the permits from 1 on.</summary>
    private static readonly PermitId Permit = new(0);

    private readonly SettlementPolicy _policy;
    private readonly SettlementRules _rules;
    private readonly long _batch;
    private readonly ITaskService _service;
    private readonly ITaskIndex _book;
    private readonly IActorRef _throttle;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<long, Unknown> _unknown = [];
    private ListPager? _walk;
    private ListSnapshot? _latest;
    private ListSnapshot? _before;
    private TimeSpan _clockOffset;
    private int _looks;
    private DateTimeOffset? _awaySince;

    public SettlementActor(
        SettlementPolicy policy,
        long batch,
        ITaskService service,
        ITaskIndex book,
        IActorRef throttle,
        TimeProvider time
    )
    {
        _policy = policy;
        _rules = new SettlementRules(policy);
        _batch = batch;
        _service = service;
        _book = book;
        _throttle = throttle;
        _time = time;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="policy">How long to look.</param>
    /// <param name="batch">The batch's number in the journal.</param>
    /// <param name="service">Whose list it is.</param>
    /// <param name="book">What the journal knows; used by this actor alone.</param>
    /// <param name="throttle">Grants the requests.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(
        SettlementPolicy policy,
        long batch,
        ITaskService service,
        ITaskIndex book,
        IActorRef throttle,
        TimeProvider time
    ) => Akka.Actor.Props.Create<SettlementActor>(policy, batch, service, book, throttle, time);

    protected override void PostStop()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SettlementCommands.Settle settle:
                _unknown[settle.Run] = new Unknown(settle, Sender);

                // What was seen before this POST was lost is no evidence about it.
                (_latest, _before, _looks) = (null, null, 0);
                LookLater();
                break;

            case PollDue when _unknown.Count > 0:
                _walk = new ListPager(Earliest() + _clockOffset - SettlementRules.Neighbourhood);
                _throttle.Tell(new ThrottleCommands.Acquire(Permit, PermitKind.Request));
                break;

            case ThrottleNotifications.Granted when _walk is { } walk:
                _ = _service
                    .ListAsync(walk.Next, _gone.Token)
                    .PipeTo(Self, success: reply => new Listed(walk, reply), failure: e => new Status.Failure(e));
                break;

            case Listed listed when listed.Walk == _walk:
                try
                {
                    Handle(listed.Walk, listed.Reply);
                }
                catch (JournalException)
                {
                    // Whoever writes finds out as well, and stops the batch if it stays so; until then it is one look less.
                    LookAgain();
                }

                break;

            case Status.Failure:
                LookAgain();
                break;

            case Listed
            or PollDue
            or ThrottleNotifications.Granted:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Handle(ListPager walk, Reply<TaskPage> reply)
    {
        _throttle.Tell(ThrottleCommands.ReportOutcome.From(reply.Fault));
        if (!reply.IsSuccess)
        {
            CountFault(reply.Fault);

            // What was seen before says nothing about what happened since: only giving up is possible now.
            Judge(_book.OpenSubmits(), latest: null, before: null);
            return;
        }

        _awaySince = null;
        if (reply.Value.ServiceTime is { } serviceTime)
        {
            _clockOffset = serviceTime - _time.GetUtcNow();
        }

        if (!walk.Add(reply.Value))
        {
            _throttle.Tell(new ThrottleCommands.Acquire(Permit, PermitKind.Request));
            return;
        }

        _looks++;

        // Before the tasks are looked up: a POST that gets its answer in between must not leave its task without an owner.
        var open = _book.OpenSubmits();
        var seen = ListSnapshot.Of(walk, _book, Earliest(), _clockOffset, _time.GetUtcNow());
        (_before, _latest) = (_latest, seen);
        Judge(open, _latest, _before);
    }

    private void CountFault(ServiceFault fault)
    {
        var now = _time.GetUtcNow();
        _awaySince = fault.IsOutage ? _awaySince ?? now : null;
        if (_awaySince is not { } since || now - since >= SettlementPolicy.LongestOutage)
        {
            _looks++;
        }
    }

    private void Judge(IReadOnlyList<OpenSubmit> submits, ListSnapshot? latest, ListSnapshot? before)
    {
        _walk = null;
        var unknown = _unknown.Values.ToList();
        var others = submits
            .Where(open => open.Run.Batch != _batch || !_unknown.ContainsKey(open.Run.Run))
            .ToLookup(open => open.IsAmbiguous, open => open.ToClaim());
        var verdicts = _rules.Judge(
            [.. unknown.Select(u => u.Command.Submit)],
            [.. others[false]],
            [.. others[true]],
            latest,
            before,
            _looks,
            _time.GetUtcNow()
        );
        foreach (var (u, outcome) in unknown.Zip(verdicts))
        {
            if (outcome is not null)
            {
                _unknown.Remove(u.Command.Run);
                u.Actor.Tell(new RunFact.VerdictReached(u.Command.Attempt, outcome));
            }
        }

        LookLater();
    }

    private void LookAgain()
    {
        _walk = null;
        LookLater();
    }

    private void LookLater()
    {
        if (_unknown.Count > 0 && _walk is null)
        {
            Timers.StartSingleTimer(PollDue.Instance, PollDue.Instance, _policy.WaitAfter(_looks));
        }
    }

    private DateTimeOffset Earliest() => _unknown.Values.Min(u => u.Command.Submit.IntendedAt);

    /// <summary>A run whose POST's fate is not known.</summary>
    private sealed record Unknown(SettlementCommands.Settle Command, IActorRef Actor);

    /// <summary>A page came, or its fault.</summary>
    private sealed record Listed(ListPager Walk, Reply<TaskPage> Reply);

    private sealed class PollDue
    {
        public static readonly PollDue Instance = new();
    }
}
