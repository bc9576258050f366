using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using AimmsOrchestrator.Engine.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Accounts;

/// <summary>
/// Waits, on behalf of a batch's submits, until the account that it shares with other batches has a slot. Batches of this
/// process say so when they give one back; those of other processes are noticed by reading the account. Slots of batches that
/// no process drives come back once their tasks have ended, which is found out here. What its batch demands of the account it
/// tells those that other processes drive, and the coordinator what these demand. It reads the disk, and therefore has a thread of
/// its own.
/// </summary>
/// <param name="book">What is in use of the account.</param>
/// <param name="batch">The batch's number in the journal.</param>
/// <param name="patience">For how long a submit whose answer is not known is taken to be an unfinished task.</param>
/// <param name="service">Where the tasks are.</param>
/// <param name="throttle">Grants the submits, and the requests about tasks that were left.</param>
/// <param name="coordinator">Finds the one that divides the account; null while there is none.</param>
/// <param name="warning">The batch's warning about slots that were left.</param>
/// <param name="progress">Shows what holds the runs back.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountActor(
    IServiceBook book,
    long batch,
    Func<TimeSpan> patience,
    ITaskService service,
    IActorRef throttle,
    Func<IActorRef?> coordinator,
    Warning warning,
    IActorRef progress,
    TimeProvider time
) : RequestingActor
{
    /// <summary>A read takes some microseconds.</summary>
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan BetweenExchanges = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenLeftSlots = TimeSpan.FromSeconds(2);

    /// <summary>Two batches that submit in turn wait for each other all the time: only a longer wait is worth a word.</summary>
    private static readonly TimeSpan WorthAWord = TimeSpan.FromSeconds(1);

    private readonly Queue<LeftSlot> _left = [];
    private LeftSlotSearch _search = LeftSlotSearch.Start;
    private bool _isPolling;
    private AccountCeiling? _ceiling;
    private Demand? _demand;
    private long _since;
    private bool _isShown;

    protected override void PreStart()
    {
        throttle.Tell(new ThrottleCommands.SubscribeToAccount());
        Timers.StartPeriodicTimer(nameof(ExchangeDue), new ExchangeDue(), TimeSpan.Zero, BetweenExchanges);
        Timers.StartPeriodicTimer(nameof(LeftSlotsDue), new LeftSlotsDue(), BetweenLeftSlots, BetweenLeftSlots);
    }

    protected override void PostStop()
    {
        try
        {
            book.Withdraw(batch);
        }
        catch (JournalException)
        {
            // It is out of date soon.
        }

        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AccountFull full:
                Wait(full.Ceiling);
                break;

            case ReadDue:
                Guard(Read);
                ReadLater();
                break;

            case JournalNotifications.AccountReleased:
                Guard(Read);
                break;

            case Demand demand:
                _demand = demand;
                break;

            case ExchangeDue when _demand is not null:
                Exchange(_demand);
                break;

            case ExchangeDue:
                break;

            case LeftSlotsDue:
                Guard(FindLeft);
                break;

            case Grant when _left.TryDequeue(out var next):
                _ = service
                    .GetStateAsync(next.Task!.Value, Stopped)
                    .PipeTo(Self, success: reply => new Polled(next, reply), failure: e => new Status.Failure(e));
                break;

            case Grant:
                _isPolling = false;
                break;

            case Polled polled:
                _isPolling = false;
                throttle.Tell(ThrottleCommands.ReportOutcome.From(polled.Reply.Fault));
                Guard(() => TakePoll(polled.Slot, polled.Reply));
                PollNext();
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Whatever is wrong with the journal, its writer says: the submit that is let through meets it.</summary>
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (JournalException)
        {
            End();
        }
    }

    private void Wait(AccountCeiling ceiling)
    {
        if (_ceiling is null)
        {
            _since = time.GetTimestamp();
            Context.System.EventStream.Subscribe(Self, typeof(JournalNotifications.AccountReleased));
        }

        _ceiling = ceiling;
        _search = _search.Waited();
        Guard(Read);
        ReadLater();
    }

    /// <summary>Reads that take longer than the time between them do not queue up.</summary>
    private void ReadLater()
    {
        if (_ceiling is not null)
        {
            Timers.StartSingleTimer(nameof(ReadDue), new ReadDue(), BetweenReads);
        }
    }

    /// <summary>The journal decides who gets a slot: here it is enough that there may be one.</summary>
    private void Read()
    {
        if (_ceiling is not { } ceiling)
        {
            return;
        }

        var use = book.UseOf(batch, time.GetUtcNow());
        if (use.Admits(ceiling))
        {
            End();
        }
        else if (time.GetElapsedTime(_since) >= WorthAWord)
        {
            _isShown = true;
            progress.Tell(new ProgressNotifications.AccountFull(use.Held));
        }
    }

    private void End()
    {
        if (_ceiling is null)
        {
            return;
        }

        _ceiling = null;
        Context.System.EventStream.Unsubscribe(Self);
        Timers.Cancel(nameof(ReadDue));
        if (_isShown)
        {
            _isShown = false;
            progress.Tell(new ProgressNotifications.AccountFull(Held: null));
        }

        throttle.Tell(new ThrottleCommands.AccountHasRoom());
    }

    /// <summary>Without it each process divides the account among its own batches: the journal keeps the limit all the same.</summary>
    private void Exchange(Demand demand)
    {
        try
        {
            var others = book.Exchange(demand, time.GetUtcNow());
            if (others.Count > 0)
            {
                coordinator()?.Tell(new OtherDemands(others));
            }
        }
        catch (JournalException)
        {
            // The journal's writer says what is wrong with it.
        }
    }

    /// <summary>A batch that was left does not notice that its tasks end.</summary>
    private void FindLeft()
    {
        if (_isPolling || !_search.IsDue)
        {
            return;
        }

        var found = book.Left(batch);
        var decision = _search.Found(found, isWaiting: _ceiling is not null, time.GetUtcNow(), patience());
        _search = decision.Next;
        warning.Set(LeftSlotsText.Of(found));
        foreach (var slot in decision.ToFree)
        {
            book.Free(slot);
        }

        foreach (var slot in decision.ToPoll)
        {
            _left.Enqueue(slot);
        }

        PollNext();
    }

    private void PollNext()
    {
        if (_left.Count > 0)
        {
            _isPolling = true;
            throttle.Tell(new ThrottleCommands.Acquire(PermitId.Account, PermitKind.Request));
        }
    }

    /// <summary>A slot comes back also where this batch has stopped waiting: the answer is there.</summary>
    private void TakePoll(LeftSlot slot, Reply<TaskSnapshot> reply)
    {
        if (LeftSlotSearch.IsFreed(reply))
        {
            book.Free(slot);
            Read();
        }
    }

    private sealed record ReadDue;

    private sealed record ExchangeDue;

    private sealed record LeftSlotsDue;

    private sealed record Polled(LeftSlot Slot, Reply<TaskSnapshot> Reply);
}
