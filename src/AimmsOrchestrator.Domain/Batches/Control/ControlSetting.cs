namespace AimmsOrchestrator.Domain.Batches.Control;

/// <summary>Something that a person set of a batch while it exists: that it is paused or to be cancelled, or one of its limits.</summary>
/// <param name="Name">What was set: one of <see cref="ControlNames"/>.</param>
/// <param name="Value">
/// <c>true</c> or <c>false</c> for the pause; <c>end-tasks</c>, <c>keep-running</c> or <c>taken-back 3</c> for the cancel; a limit, or the
/// priority, as a scenario writes it.
/// </param>
/// <param name="At">When.</param>
/// <param name="Author">Who, for people: a user and a machine.</param>
public sealed record ControlSetting(string Name, string Value, DateTimeOffset At, string Author);

/// <summary>What can be set of a batch while it exists.</summary>
public static class ControlNames
{
    /// <summary>Whether submits wait until a person lets the batch continue.</summary>
    public const string Paused = "paused";

    /// <summary>Whether the batch is to be cancelled, and with what to become of its tasks at the service.</summary>
    public const string Cancel = "cancel";

    /// <summary>The limits, by the keys that a scenario has for them.</summary>
    public static IReadOnlyList<string> Limits { get; } =
    ["limits.concurrency", "limits.submits", "limits.requests", "limits.unconfirmed"];

    /// <summary>How much the batch weighs beside others that one process drives at its account: high, normal or low.</summary>
    public const string Priority = "priority";

    /// <summary>All that people set to a value.</summary>
    public static IReadOnlyList<string> Settable { get; } = [.. Limits, Priority];
}
