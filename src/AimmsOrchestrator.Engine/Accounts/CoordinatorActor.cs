using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Throttling.Shares;
using Akka.Actor;
using Akka.Pattern;

namespace AimmsOrchestrator.Engine.Accounts;

/// <summary>
/// Turns what batches demand of their accounts into shares for those of this process. It only advises: the journal keeps the limits,
/// and while no coordinator is there each batch keeps its last share. All that it hears and says is absolute, so it has
/// nothing to recover: a new one listens for a while, then answers.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class CoordinatorActor(TimeProvider time) : UntypedActor, IWithTimers
{
    /// <summary>Longer than two demands of a batch are apart.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromMilliseconds(1200);

    private const string ChildName = "coordinator";

    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<string, AccountShares> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, long Batch), Known> _batches = [];
    private bool _isListening = true;

    /// <summary>However it ends, another one takes its place, and hears what its predecessor would have heard.</summary>
    public static Props Supervised(TimeProvider time) =>
        BackoffSupervisor.Props(
            Backoff.OnStop(
                Props.Create(() => new CoordinatorActor(time)),
                ChildName,
                minBackoff: TimeSpan.FromMilliseconds(100),
                maxBackoff: TimeSpan.FromSeconds(3),
                randomFactor: 0,
                maxNrOfRetries: -1
            )
        );

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartSingleTimer(nameof(Listened), new Listened(), Listening);
        Timers.StartPeriodicTimer(nameof(RepeatDue), new RepeatDue(), AccountShares.Turn);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Demand demand:
                Take(demand, Sender);
                break;

            case OtherDemands others:
                foreach (var other in others.Demands.Where(other => !IsOfThisProcess(other)))
                {
                    Take(other, ActorRefs.Nobody);
                }

                break;

            case DemandEnded ended:
                _batches.Remove((ended.Account, ended.Batch));
                if (_accounts.TryGetValue(ended.Account, out var account))
                {
                    account.Remove(ended.Batch);
                    Share(ended.Account, account, isRepeat: false);
                }

                break;

            case Listened:
                _isListening = false;
                ShareAll(isRepeat: false);
                break;

            case RepeatDue:
                ShareAll(isRepeat: true);
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    private bool IsOfThisProcess(Demand demand) =>
        _batches.TryGetValue((demand.Account, demand.Batch), out var known) && !known.Throttle.IsNobody();

    private void Take(Demand demand, IActorRef throttle)
    {
        var key = (demand.Account, demand.Batch);
        var latest = _batches.GetValueOrDefault(key);
        if (!_accounts.TryGetValue(demand.Account, out var account))
        {
            _accounts[demand.Account] = account = new AccountShares();
        }

        account.Put(demand, time.GetElapsedTime(_start));
        _batches[key] = new Known(throttle, demand, latest?.Share);
        if (latest is null || latest.Demand.Wanted != demand.Wanted || latest.Demand.Limits != demand.Limits)
        {
            Share(demand.Account, account, isRepeat: false);
        }
    }

    private void ShareAll(bool isRepeat)
    {
        foreach (var (name, account) in _accounts.ToList())
        {
            if (isRepeat)
            {
                account.NextTurn(time.GetElapsedTime(_start));
            }

            Share(name, account, isRepeat);
            if (account.IsEmpty)
            {
                _accounts.Remove(name);
            }
        }
    }

    private void Share(string name, AccountShares account, bool isRepeat)
    {
        if (_isListening)
        {
            return;
        }

        var shares = account.At(time.GetElapsedTime(_start));
        foreach (var (batch, share) in shares)
        {
            var known = _batches[(name, batch)];
            if (isRepeat || known.Share != share)
            {
                _batches[(name, batch)] = known with { Share = share };
                known.Throttle.Tell(share);
            }
        }

        foreach (var gone in _batches.Keys.Where(key => key.Account == name && !shares.ContainsKey(key.Batch)).ToList())
        {
            _batches.Remove(gone);
        }
    }

    private sealed record Known(IActorRef Throttle, Demand Demand, Share? Share);

    private sealed record Listened;

    private sealed record RepeatDue;
}
