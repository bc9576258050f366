using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>
/// When a batch reads which slots of its account were left by others, and what it does about them. It does something about them where it
/// has waited for a slot, however shortly; a warning about them stands until they are free.
/// </summary>
/// <param name="AreWanted">Whether the batch has waited for a slot since they were last read.</param>
/// <param name="AreWarnedOf">Whether some were found when they were last read.</param>
public sealed record LeftSlotSearch(bool AreWanted, bool AreWarnedOf)
{
    /// <summary>The batch has not waited yet.</summary>
    public static LeftSlotSearch Start { get; } = new(AreWanted: false, AreWarnedOf: false);

    /// <summary>Whether they are read now.</summary>
    public bool IsDue => AreWanted || AreWarnedOf;

    /// <summary>The batch waits for a slot.</summary>
    public LeftSlotSearch Waited() => this with { AreWanted = true };

    /// <summary>They were read.</summary>
    /// <param name="found">The slots that were left.</param>
    /// <param name="isWaiting">Whether the batch still waits for one.</param>
    /// <param name="now">The time of day.</param>
    /// <param name="patience">For how long a submit whose answer is not known is taken to be an unfinished task.</param>
    public LeftSlotDecision Found(IReadOnlyList<LeftSlot> found, bool isWaiting, DateTimeOffset now, TimeSpan patience)
    {
        ArgumentNullException.ThrowIfNull(found);
        var next = new LeftSlotSearch(AreWanted: isWaiting, AreWarnedOf: found.Count > 0);
        return AreWanted
            ? new LeftSlotDecision(
                next,
                [.. found.Where(slot => slot.Task is not null)],
                [.. found.Where(slot => slot.Task is null && now - slot.SubmitAt > patience)]
            )
            : new LeftSlotDecision(next, [], []);
    }

    /// <summary>Whether an answer about its task gives a slot back: the task has ended, or the service does not have it.</summary>
    public static bool IsFreed(Reply<TaskSnapshot> reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply.IsSuccess ? reply.Value.State.IsEnded() : reply.Fault.Kind == FaultKind.Unknown;
    }
}

/// <summary>What a batch does about slots that were left.</summary>
/// <param name="Next">What is known afterwards.</param>
/// <param name="ToPoll">Those whose task is polled, in this order.</param>
/// <param name="ToFree">Those that come back at once.</param>
public sealed record LeftSlotDecision(
    LeftSlotSearch Next,
    IReadOnlyList<LeftSlot> ToPoll,
    IReadOnlyList<LeftSlot> ToFree
);
