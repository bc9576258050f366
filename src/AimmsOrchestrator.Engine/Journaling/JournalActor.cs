using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine.Actors;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace AimmsOrchestrator.Engine.Journaling;

/// <summary>
/// The one writer of the journal while a batch is executed. Entries that arrive while a group is being appended go into the next one together, so
/// the group grows with the load and costs one flush of the disk, however large. An append may block, and therefore the
/// actor has a thread of its own.
/// </summary>
/// <remarks>
/// Nothing piles up: an actor that must not continue without its entry waits for the acknowledgement, so there is at most
/// one such entry per live run, and the live runs are bounded by the limit on unfinished tasks.
/// </remarks>
/// <param name="writer">Where entries go; used by this actor alone.</param>
/// <param name="history">Where events are replayed from; used by this actor alone.</param>
/// <param name="epoch">The batch's epoch under this process's claim.</param>
/// <param name="account">The account that the batch shares with others; null where it shares none.</param>
/// <param name="limits">What that may come to, at first.</param>
internal sealed class JournalActor(
    IJournalWriter writer,
    IRunHistory history,
    long epoch,
    string? account,
    Limits limits
) : BatchActor
{
    private const int LargestGroup = 4096;

    /// <summary>Kept, since an append that did not complete at once goes on without the actor's context.</summary>
    private readonly EventStream _events = Context.System.EventStream;
    private readonly List<JournalEntry> _group = [];
    private readonly List<IActorRef?> _waiting = [];
    private AccountCeiling? _ceiling = account is null ? null : AccountCeiling.Of(limits);
    private IActorRef _listener = ActorRefs.Nobody;
    private bool _isAppendDue;
    private string? _failure;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case JournalCommands.Append append when _failure is null:
                Add(append);
                break;

            case JournalCommands.SubscribeToFailure:
                _listener = Sender;
                if (_failure is not null)
                {
                    Fail(_failure);
                }

                break;

            case AppendNow:
                _isAppendDue = false;
                WaitFor(AppendAsync());
                break;

            case JournalCommands.Replay replay when _failure is null:
                WaitFor(ReplayAsync(replay, Sender));
                break;

            case JournalCommands.Stop:
                WaitFor(AppendAsync(), then: () => Context.Stop(Self));
                break;

            case JournalCommands.Limit limit:
                _ceiling = account is null ? null : AccountCeiling.Of(limit.Limits);
                break;

            case JournalCommands.Append
            or JournalCommands.Replay:
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private void Add(JournalCommands.Append append)
    {
        _group.Add(
            append.Entry is RunEventEntry { Event: SubmitIntended } intent
                ? intent with
                {
                    Epoch = epoch,
                    Ceiling = _ceiling,
                }
                : append.Entry with
                {
                    Epoch = epoch,
                }
        );
        _waiting.Add(append.IsAcknowledged ? Sender : null);

        if (_group.Count >= LargestGroup)
        {
            WaitFor(AppendAsync());
        }
        else if (!_isAppendDue)
        {
            // Behind everything that is in the mailbox by now: all of that joins the group.
            _isAppendDue = true;
            Self.Tell(new AppendNow());
        }
    }

    private async ValueTask ReplayAsync(JournalCommands.Replay replay, IActorRef asker)
    {
        await AppendAsync();
        if (_failure is not null)
        {
            return;
        }

        try
        {
            asker.Tell(new JournalNotifications.Replayed(replay.Index, history.Events(replay.Batch, replay.Index)));
        }
        catch (JournalException e)
        {
            Fail(e.Message);
        }
    }

    /// <summary>Receives nothing until some work is done; most of it is done by the time that it is called.</summary>
    private static void WaitFor(ValueTask work, Action? then = null)
    {
        if (work.IsCompletedSuccessfully)
        {
            then?.Invoke();
            return;
        }

        ActorTaskScheduler.RunTask(async () =>
        {
            await work;
            then?.Invoke();
        });
    }

    private async ValueTask AppendAsync()
    {
        if (_group.Count == 0 || _failure is not null)
        {
            return;
        }

        IReadOnlyList<AppendOutcome> outcomes;
        try
        {
            outcomes = await writer.AppendAsync(_group);
            if (outcomes.Contains(AppendOutcome.Fenced))
            {
                // No acknowledgement: what was to follow these entries is the other process's to do.
                Fail("another process has claimed the batch since, and continues it");
                return;
            }
        }
        catch (JournalException e)
        {
            Fail(e.Message);
            return;
        }

        for (var i = 0; i < _waiting.Count; i++)
        {
            _waiting[i]
                ?.Tell(
                    outcomes[i] == AppendOutcome.NoSlot
                        ? new JournalNotifications.Refused()
                        : new JournalNotifications.Appended()
                );
        }

        if (account is not null && _group.Exists(Releases))
        {
            _events.Publish(new JournalNotifications.AccountReleased(account));
        }

        _group.Clear();
        _waiting.Clear();
    }

    private static bool Releases(JournalEntry entry) =>
        entry is RunEventEntry { Before: var before, After.Phase: var after }
        && AccountUse.Change(before, after) is { Held: < 0 } or { Open: < 0 };

    private void Fail(string reason)
    {
        _failure = reason;
        _listener.Tell(new BatchFact.JournalFailed(reason));
    }

    private sealed record AppendNow;
}
