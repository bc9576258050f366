using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Settlement;

/// <summary>
/// The shell of the <see cref="SettlementState"/>: polls the service's list of tasks, reads the journal, and sends each run
/// the verdict on its lost POST. It reads the disk, and therefore has a thread of its own.
/// </summary>
/// <param name="policy">How long to wait for the list.</param>
/// <param name="batch">The batch's number in the journal.</param>
/// <param name="service">The service with the list.</param>
/// <param name="tasks">What the journal knows; no other thread uses it.</param>
/// <param name="throttle">Grants the requests.</param>
/// <param name="warning">The batch's warning about the list.</param>
/// <param name="time">The clock.</param>
internal sealed class SettlementActor(
    SettlementPolicy policy,
    long batch,
    ITaskService service,
    ITaskIndex tasks,
    IActorRef throttle,
    Warning warning,
    TimeProvider time
) : RequestingActor
{
    private readonly Dictionary<RunReference, Waiting> _waiting = [];
    private SettlementState _state = new(policy, time.GetUtcNow());
    private SettlementEffect? _request;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SettlementCommands.Settle settle:
                var lost = new RunReference(batch, settle.Run);
                _waiting[lost] = new Waiting(Sender, settle.Attempt);
                Perform(_state.Add(lost, settle.Submit));
                break;

            case PollDue:
                Perform(_state.Poll(time.GetUtcNow()));
                break;

            case Grant when _request is { } request:
                _request = null;
                Send(request);
                break;

            case Listed { Reply.Fault: { Kind: FaultKind.Misdirected } fault }:
                // No list proves anything before a person acts; the execution that resumes the batch settles them.
                foreach (var run in _waiting.Values)
                {
                    run.Actor.Tell(new RunFact.ListMisdirected(fault));
                }

                break;

            case Listed listed:
                throttle.Tell(ThrottleCommands.ReportOutcome.From(listed.Reply.Fault));
                Perform(_state.TakePage(listed.Reply, time.GetUtcNow()));
                break;

            case Seen seen:
                throttle.Tell(ThrottleCommands.ReportOutcome.From(seen.Reply.Fault));
                Perform(_state.TakeTask(seen.Reply, time.GetUtcNow()));
                break;

            case Grant:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Perform(SettlementDecision decision)
    {
        _state = decision.Next;
        warning.Set(
            _state.Trouble is { } trouble
                ? $"a submit whose answer was lost waits for the service's list of tasks, which cannot be read: {trouble}"
                : null
        );
        foreach (var settled in decision.Settled)
        {
            _waiting.Remove(settled.Run, out var run);
            run!.Actor.Tell(new RunFact.VerdictReached(run.Attempt, settled.Outcome));
        }

        switch (decision.Effect)
        {
            case SettlementEffect.PollLater e:
                Timers.StartSingleTimer(nameof(PollDue), new PollDue(), e.After);
                break;

            case SettlementEffect.GetPage
            or SettlementEffect.GetTask:
                _request = decision.Effect;
                throttle.Tell(new ThrottleCommands.Acquire(PermitId.Settlement, PermitKind.Request));
                break;

            case SettlementEffect.ReadJournal e:
                Perform(Answer(e));
                break;
        }
    }

    private void Send(SettlementEffect request)
    {
        switch (request)
        {
            case SettlementEffect.GetPage e:
                _ = service
                    .ListAsync(e.Filter, Stopped)
                    .PipeTo(Self, success: reply => new Listed(reply), failure: e => new Status.Failure(e));
                break;

            case SettlementEffect.GetTask e:
                _ = service
                    .GetStateAsync(e.Task, Stopped)
                    .PipeTo(Self, success: reply => new Seen(reply), failure: e => new Status.Failure(e));
                break;
        }
    }

    private SettlementDecision Answer(SettlementEffect.ReadJournal question)
    {
        try
        {
            return _state.Judge(tasks.Read(question), time.GetUtcNow());
        }
        catch (JournalException e) when (e.IsPassing)
        {
            // Writing fails as well if this lasts, and then the batch stops.
            return _state.Abandon();
        }
    }

    /// <summary>The run's actor that waits for a verdict on this attempt.</summary>
    private sealed record Waiting(IActorRef Actor, int Attempt);

    /// <summary>A page arrived, or its fault.</summary>
    private sealed record Listed(Reply<TaskPage> Reply);

    /// <summary>A task was seen, or not.</summary>
    private sealed record Seen(Reply<TaskSnapshot> Reply);

    private sealed record PollDue;
}
