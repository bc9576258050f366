namespace AimmsOrchestrator.Scenarios;

/// <summary>How a batch was left, as far as people want to hear of it.</summary>
public enum NotificationCause
{
    /// <summary>Every run completed, and what was expected holds.</summary>
    Completed,

    /// <summary>Every run ended, and some failed or break a rule that was expected to hold.</summary>
    Failed,

    /// <summary>It was stopped before its end: a failure budget, a stop rule, its time, a service that refuses, a person elsewhere.</summary>
    Stopped,

    /// <summary>The person in front of it pressed Ctrl-C.</summary>
    Interrupted,
}

/// <summary>Somebody to tell when a batch is left. What it holds may be secret, and is never shown.</summary>
public sealed record Notification
{
    /// <summary>The address to post to; null where a command is run.</summary>
    public string? Post { get; init; }

    /// <summary>The program and its arguments; a single one is a line for the system's shell. Null where an address is posted to.</summary>
    public IReadOnlyList<string>? Run { get; init; }

    /// <summary>When; all but interruptions unless the scenario says otherwise.</summary>
    public IReadOnlySet<NotificationCause> On { get; init; } =
        new HashSet<NotificationCause>
        {
            NotificationCause.Completed,
            NotificationCause.Failed,
            NotificationCause.Stopped,
        };

    public override string ToString() => Post is null ? "a command" : "an address";
}
