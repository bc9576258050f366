using System.Diagnostics;
using System.Threading.Channels;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Engine.Journaling;
using AimmsOrchestrator.Engine.Progress;
using Akka.Actor;

namespace AimmsOrchestrator.Engine;

/// <summary>One execution of a batch, from its start to its end.</summary>
public sealed class BatchExecution : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly IActorRef _supervisor;
    private readonly IActorRef _progress;
    private readonly IReadOnlyList<IActorRef> _actors;
    private readonly IActorRef _journal;
    private readonly LeasedJournal _leased;
    private readonly Warning _settings;
    private readonly Activity? _activity;

    /// <param name="supervisor">Takes the batch from its first run to its last.</param>
    /// <param name="progress">Reports progress.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="actors">All actors, in the order in which they stop.</param>
    /// <param name="journal">The one that appends what it has before it stops.</param>
    /// <param name="leased">Counts what the journal refuses.</param>
    /// <param name="settings">The batch's warning about what was set of it.</param>
    /// <param name="activity">What every run and request belongs to.</param>
    internal BatchExecution(
        IActorRef supervisor,
        IActorRef progress,
        Task<BatchOutcome> outcome,
        IReadOnlyList<IActorRef> actors,
        IActorRef journal,
        LeasedJournal leased,
        Warning settings,
        Activity? activity
    )
    {
        _supervisor = supervisor;
        _progress = progress;
        Outcome = outcome;
        _actors = actors;
        _journal = journal;
        _leased = leased;
        _settings = settings;
        _activity = activity;
    }

    /// <summary>How it ended; complete once that is on disk.</summary>
    public Task<BatchOutcome> Outcome { get; }

    /// <summary>How many entries the journal refused so far, since another process has claimed the batch.</summary>
    public int RefusedEntries => _leased.Refused;

    /// <summary>
    /// Submits nothing more, waits for the answers of the submits under way, leaves the tasks at the service alone and
    /// ends; <see cref="Outcome"/> completes then.
    /// </summary>
    /// <param name="stop">Why.</param>
    public void Detach(BatchStop stop) => _supervisor.Tell(new BatchFact.DetachRequested(stop));

    /// <summary>Pauses it, lets it continue, or changes its limits.</summary>
    /// <param name="control">What holds from now on.</param>
    public void Apply(BatchControl control) => _supervisor.Tell(new BatchFact.ControlChanged(control));

    /// <summary>Warns of settings that do not hold; for one thread at a time.</summary>
    /// <param name="message">Which and why, in one line; null where all hold.</param>
    public void WarnOfSettings(string? message) => _settings.Set(message);

    /// <summary>
    /// Subscribes to the batch's progress: a snapshot at once, then at most four per second, and a last one at the end,
    /// which closes the subscription. Subscribers do not wait for each other. Call it before the execution is disposed of.
    /// </summary>
    public ProgressSubscription Subscribe()
    {
        // Snapshots are absolute: only the newest is worth keeping for a subscriber that is busy.
        var channel = Channel.CreateBounded<BatchProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        _progress.Tell(new ProgressCommands.Subscribe(channel.Writer));
        return new ProgressSubscription(
            channel.Reader,
            () => _progress.Tell(new ProgressCommands.Unsubscribe(channel.Writer))
        );
    }

    /// <summary>Shows the batch's progress to an observer, until <see cref="Outcome"/> is complete.</summary>
    public async Task FollowAsync(IBatchObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        using var subscription = Subscribe();
        await Task.WhenAll(ReadAsync(), EndAsync()).ConfigureAwait(false);

        async Task ReadAsync()
        {
            await foreach (var snapshot in subscription.Snapshots.ReadAllAsync().ConfigureAwait(false))
            {
                observer.OnProgress(snapshot);
            }
        }

        async Task EndAsync()
        {
            await Outcome.ConfigureAwait(false);
            subscription.Dispose();
        }
    }

    /// <summary>Stops the actors in the order in which they depend on each other; the journal commits what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        _leased.EndSubmits();
        foreach (var actor in _actors)
        {
            object stop = actor.Equals(_journal) ? new JournalCommands.Stop() : PoisonPill.Instance;
            await StopAsync(actor, stop).ConfigureAwait(false);
        }

        _activity?.Dispose();
    }

    /// <summary>One that does not stop in time keeps no other one from it, the journal least of all.</summary>
    private static async Task StopAsync(IActorRef actor, object stop)
    {
        try
        {
            await actor.GracefulStop(StopTimeout, stop).ConfigureAwait(false);
        }
        catch (TaskCanceledException)
        {
            // It stops behind what it is at, such as an append that waits for its database.
        }
    }
}
