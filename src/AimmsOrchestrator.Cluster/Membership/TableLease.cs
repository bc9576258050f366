using AimmsOrchestrator.Domain.Cluster;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Coordination;
using Akka.Event;

namespace AimmsOrchestrator.Cluster.Membership;

/// <summary>Gives a node's actor system the leases' table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Time">The clock.</param>
internal sealed class LeaseSetup(ILeaseTable table, TimeProvider time) : Setup
{
    public ILeaseTable Table { get; } = table;

    public TimeProvider Time { get; } = time;
}

/// <summary>
/// The lease by which the split brain resolver decides which part of a divided cluster goes on, in the database that all nodes have.
/// Akka finds it by its name in the configuration.
/// </summary>
/// <param name="settings">Its name, its owner and its times.</param>
/// <param name="system">Whose lease it is.</param>
internal sealed class TableLease(LeaseSettings settings, ExtendedActorSystem system) : Lease(settings)
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(500);

    private readonly LeaseSetup _setup =
        system.Settings.Setup.Get<LeaseSetup>().GetOrElse(null!)
        ?? throw new InvalidOperationException("The actor system was given no table of leases.");

    private readonly ILoggingAdapter _log = Logging.GetLogger(system, typeof(TableLease));
    private long _acquired;
    private bool _isHeld;

    public override Task<bool> Acquire() => Acquire(_ => { });

    /// <summary>
    /// False where another node has it, and where the database does not answer in time: without it this node could do nothing,
    /// and must not go on beside a part that has the lease.
    /// </summary>
    public override async Task<bool> Acquire(Action<Exception> leaseLostCallback)
    {
        var start = _setup.Time.GetTimestamp();
        using var patience = new CancellationTokenSource(Settings.TimeoutSettings.OperationTimeout, _setup.Time);
        while (true)
        {
            try
            {
                // Counted from before the request, so that it is not believed longer than the table has it.
                _acquired = _setup.Time.GetTimestamp();
                _isHeld = await _setup
                    .Table.TryAcquireAsync(
                        Settings.LeaseName,
                        Settings.OwnerName,
                        Settings.TimeoutSettings.HeartbeatTimeout,
                        patience.Token
                    )
                    .ConfigureAwait(false);
                return _isHeld;
            }
            catch (Exception e)
            {
                _log.Warning("The lease of the cluster cannot be acquired: {0}", e.Message);
                if (_setup.Time.GetElapsedTime(start) + BetweenAttempts >= Settings.TimeoutSettings.OperationTimeout)
                {
                    return false;
                }
            }

            await Task.Delay(BetweenAttempts, _setup.Time).ConfigureAwait(false);
        }
    }

    /// <summary>A lease that cannot be given up expires soon.</summary>
    public override async Task<bool> Release()
    {
        _isHeld = false;
        try
        {
            using var patience = new CancellationTokenSource(Settings.TimeoutSettings.OperationTimeout, _setup.Time);
            await _setup
                .Table.ReleaseAsync(Settings.LeaseName, Settings.OwnerName, patience.Token)
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception e)
        {
            _log.Warning("The lease of the cluster cannot be given up, and expires: {0}", e.Message);
            return false;
        }
    }

    public override bool CheckLease() =>
        _isHeld && _setup.Time.GetElapsedTime(_acquired) < Settings.TimeoutSettings.HeartbeatTimeout;
}
