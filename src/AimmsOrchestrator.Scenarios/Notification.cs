using AimmsOrchestrator.Domain.Batches;

namespace AimmsOrchestrator.Scenarios;

/// <summary>An address or a command to notify when the execution of a batch ends. Both may be secret and are never shown.</summary>
public sealed record Notification
{
    /// <summary>The address to post to; null where a command is run.</summary>
    public string? Post { get; init; }

    /// <summary>The program and its arguments; one element alone is a line for the system's shell. Null where an address is posted to.</summary>
    public IReadOnlyList<string>? Run { get; init; }

    /// <summary>What the address understands.</summary>
    public NotificationForm As { get; init; }

    /// <summary>The conclusions that notify; all but <see cref="BatchConclusion.Interrupted"/> by default.</summary>
    public IReadOnlySet<BatchConclusion> On { get; init; } =
        new HashSet<BatchConclusion> { BatchConclusion.Completed, BatchConclusion.Failed, BatchConclusion.Stopped };

    public override string ToString() => Post is null ? "a command" : "an address";
}

/// <summary>What is posted to an address.</summary>
public enum NotificationForm
{
    /// <summary>The members that scripts read; chat services show the one called <c>text</c>.</summary>
    Json,

    /// <summary>A message for an incoming webhook of Slack.</summary>
    Slack,

    /// <summary>A message with an adaptive card, for a webhook of Microsoft Teams.</summary>
    Teams,
}
