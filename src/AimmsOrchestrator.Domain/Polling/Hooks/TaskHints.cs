namespace AimmsOrchestrator.Domain.Polling.Hooks;

/// <summary>
/// What the service's calls about one task still ask for: a poll, at a moment. A call proves nothing, so that it leads to a
/// poll and to nothing else, and any number of them lead to two polls per second at most.
/// </summary>
public sealed record TaskHints
{
    /// <summary>Between two polls that calls of an end lead to.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// A call that does not speak of an end leads to a poll after this time: a task that ends before then takes one poll, and
    /// a longer one is soon shown as running.
    /// </summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(5);

    private TaskHints() { }

    /// <summary>No call came.</summary>
    public static TaskHints None { get; } = new();

    private DateTimeOffset? DueAt { get; init; }

    /// <summary>When a poll that a call of an end had led to was answered last.</summary>
    private DateTimeOffset? PolledAt { get; init; }

    private bool IsOfEnd { get; init; }

    private bool IsRepeated { get; init; }

    /// <summary>A call came.</summary>
    /// <param name="isOfEnd">Whether it says that the task has ended.</param>
    /// <param name="now">When it came.</param>
    public TaskHints Add(bool isOfEnd, DateTimeOffset now)
    {
        var due =
            !isOfEnd ? now + StartDelay
            : PolledAt + Spacing is { } next && next > now ? next
            : now;
        return this with
        {
            DueAt = DueAt < due ? DueAt : due,
            IsOfEnd = IsOfEnd || isOfEnd,
            IsRepeated = IsRepeated && !isOfEnd,
        };
    }

    /// <summary>
    /// The task was seen unfinished. After a call of its end it is polled once more: the call may have come while the poll was
    /// under way, or be ahead of what polls are answered from.
    /// </summary>
    /// <param name="isExecuting">Whether it runs.</param>
    /// <param name="now">When it was seen.</param>
    public TaskHints Seen(bool isExecuting, DateTimeOffset now) =>
        DueAt > now && now >= DueAt - StartDelay && (IsOfEnd || !isExecuting) ? this
        : DueAt is null ? this
        : IsOfEnd && !IsRepeated ? this with { DueAt = now + Spacing, PolledAt = now, IsRepeated = true }
        : None with { PolledAt = IsOfEnd ? now : PolledAt };

    /// <summary>How long until the task is to be polled; null where no call asks for it.</summary>
    public TimeSpan? Wait(DateTimeOffset now) =>
        DueAt is not { } due ? null
        : due <= now ? TimeSpan.Zero
        : due - now < StartDelay ? due - now
        : StartDelay;
}
