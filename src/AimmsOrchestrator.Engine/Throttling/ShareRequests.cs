using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Throttling;
using Akka.Actor;

namespace AimmsOrchestrator.Engine.Throttling;

/// <summary>Says what a batch demands of the account that it shares, whenever that changes and now and then.</summary>
/// <param name="account">The account's name; null where the batch shares none.</param>
/// <param name="batch">The batch's number.</param>
/// <param name="coordinator">Finds the one that divides the account; null while there is none.</param>
/// <param name="time">The clock.</param>
internal sealed class ShareRequests(string? account, long batch, Func<IActorRef?> coordinator, TimeProvider time)
{
    /// <summary>How often a demand is repeated that has not changed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>A batch whose runs begin and end all the time does not say so each time.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private Demand? _latest;
    private long _sentAt;

    /// <summary>Whether there is an account to share.</summary>
    public bool IsShared => account is not null;

    /// <summary>Sends the demand if it is another one than before, or due.</summary>
    /// <param name="ledger">What the batch has and waits for.</param>
    /// <param name="now">On the ledger's clock.</param>
    /// <param name="limits">What holds for it now.</param>
    /// <param name="isDue">Whether it is to be repeated.</param>
    /// <param name="throttle">Gets the share.</param>
    /// <param name="watcher">Tells the processes beside this one.</param>
    public void Send(
        PermitLedger ledger,
        TimeSpan now,
        Limits limits,
        bool isDue,
        IActorRef throttle,
        IActorRef watcher
    )
    {
        if (account is null)
        {
            return;
        }

        var wanted = ledger.Wanted(now);
        var isOther = _latest is null || _latest.Wanted != wanted || _latest.Limits != limits;
        if (!isDue && (!isOther || (_latest is not null && time.GetElapsedTime(_sentAt) < Shortest)))
        {
            return;
        }

        if (coordinator() is { } divider)
        {
            _latest = new Demand(account, batch, wanted, ledger.SlotsHeld, limits)
            {
                Found = limits.FindsConcurrency ? ledger.Slots : null,
            };
            _sentAt = time.GetTimestamp();
            divider.Tell(_latest, throttle);
            watcher.Tell(_latest);
        }
    }

    /// <summary>The batch demands nothing more.</summary>
    public void End()
    {
        if (account is not null)
        {
            coordinator()?.Tell(new DemandEnded(account, batch));
        }
    }
}
