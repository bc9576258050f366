using System.Threading.Channels;
using AimmsOrchestrator.Domain.Progress;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Engine.Progress;

/// <summary>What the progress actor can do.</summary>
internal static class ProgressCommands
{
    /// <summary>Write snapshots to a channel that drops the oldest when it is full; one at once.</summary>
    public sealed record Subscribe(ChannelWriter<BatchProgress> Snapshots);

    /// <summary>Write a last snapshot to the channel, and complete it.</summary>
    public sealed record Unsubscribe(ChannelWriter<BatchProgress> Snapshots);
}

/// <summary>What happens to a batch, for its progress, with <see cref="RunFailure"/> and <see cref="RunSuccess"/>; no sender waits for an answer.</summary>
internal static class ProgressNotifications
{
    /// <summary>A run changed its state; <c>From</c> is null where it was not counted before.</summary>
    public sealed record RunMoved(RunState? From, RunState To);

    /// <summary>The service is away, or (null) reachable again.</summary>
    public sealed record ServiceAway(string? Message);

    /// <summary>This number of tasks is kept at the service; null where it is fixed.</summary>
    public sealed record ConcurrencyFound(int? Tasks);

    /// <summary>A person has paused the batch, or (null) lets it continue.</summary>
    public sealed record PausedByPerson(DateTimeOffset? Since);

    /// <summary>Submits wait for slots of the account, of which this number is held, by all batches together; null where they do not.</summary>
    public sealed record AccountFull(int? Held);

    /// <summary>The service asks for a pause.</summary>
    public sealed record Paused(TimeSpan Duration);
}
