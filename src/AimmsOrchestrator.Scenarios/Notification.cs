namespace AimmsOrchestrator.Scenarios;

/// <summary>How the execution of a batch ended, as notifications distinguish it.</summary>
public enum NotificationCause
{
    /// <summary>Every run completed, and every expectation holds.</summary>
    Completed,

    /// <summary>Every run ended, and some failed or violate an expectation.</summary>
    Failed,

    /// <summary>It stopped before its last run: a failure budget, a stop rule, its stop time, a service that refuses, a cancellation.</summary>
    Stopped,

    /// <summary>The user pressed Ctrl-C.</summary>
    Interrupted,
}

/// <summary>An address or a command to notify when the execution of a batch ends. Both may be secret and are never shown.</summary>
public sealed record Notification
{
    /// <summary>The address to post to; null where a command is run.</summary>
    public string? Post { get; init; }

    /// <summary>The program and its arguments; one element alone is a line for the system's shell. Null where an address is posted to.</summary>
    public IReadOnlyList<string>? Run { get; init; }

    /// <summary>The causes that notify; all but <see cref="NotificationCause.Interrupted"/> by default.</summary>
    public IReadOnlySet<NotificationCause> On { get; init; } =
        new HashSet<NotificationCause>
        {
            NotificationCause.Completed,
            NotificationCause.Failed,
            NotificationCause.Stopped,
        };

    public override string ToString() => Post is null ? "a command" : "an address";
}
