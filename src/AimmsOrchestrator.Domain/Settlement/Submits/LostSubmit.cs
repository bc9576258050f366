using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement.Submits;

/// <summary>A POST whose answer was lost, on this machine's clock.</summary>
/// <param name="Target">What it called; null where that is not known: then any task can be its own.</param>
/// <param name="IntendedAt">When its intent was written: the POST was not made before.</param>
/// <param name="LostAt">When its answer was given up, at the latest.</param>
public sealed record LostSubmit(TaskTarget? Target, DateTimeOffset IntendedAt, DateTimeOffset LostAt)
{
    /// <summary>
    /// The longest that a POST can be under way: the client's timeout for a transfer, with a reserve. A process that died
    /// did not write when its answer was lost; it was no later than this after the intent.
    /// </summary>
    public static readonly TimeSpan LongestSubmit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan LongestClockChange = TimeSpan.FromDays(1);

    /// <summary>When it was over at the latest, on the clock that dated its intent.</summary>
    public DateTimeOffset OverAt { get; init; } = LostAt;

    /// <summary>How its answer was lost.</summary>
    public SubmitLoss Loss { get; init; }

    /// <summary>
    /// When this process took the POST up, where an earlier process made it: this machine's clock may have been set between
    /// the two. Null where this process made it.
    /// </summary>
    public DateTimeOffset? InheritedAt { get; init; }

    /// <summary>
    /// How long after its intent it may arrive at the service, where the driver that made it may live: one that was taken for
    /// dead was perhaps only cut off. Null where it is dead, or gave the answer up.
    /// </summary>
    public TimeSpan? ArrivesWithin { get; private init; }

    /// <summary>The same for a process that has taken the POST up from an earlier driver.</summary>
    /// <param name="takenAt">When it did.</param>
    /// <param name="intendedAt">When the POST's intent was written, on the earlier driver's clock.</param>
    /// <param name="arrivesWithin">As in <see cref="ArrivesWithin"/>.</param>
    public LostSubmit InheritedBy(DateTimeOffset takenAt, DateTimeOffset intendedAt, TimeSpan? arrivesWithin)
    {
        var latest = intendedAt + (arrivesWithin ?? TimeSpan.Zero);
        return this with
        {
            InheritedAt = takenAt,
            ArrivesWithin = arrivesWithin,
            OverAt = latest > OverAt ? latest : OverAt,
        };
    }

    /// <summary>
    /// A submit whose answer a process gave up, at a moment that it wrote down. That may be long after the intent and the longest
    /// submit: a machine may sleep before the POST leaves.
    /// </summary>
    /// <param name="target">What it called; null where that is not known.</param>
    /// <param name="intendedAt">When its intent was written.</param>
    /// <param name="lostAt">When its answer was given up.</param>
    public static LostSubmit Seen(TaskTarget? target, DateTimeOffset intendedAt, DateTimeOffset lostAt) =>
        intendedAt > lostAt ? Of(target, intendedAt, lostAt) : new LostSubmit(target, intendedAt, lostAt);

    /// <summary>
    /// A submit that was lost by now, at a moment that no process is known to have seen, even if this machine's clock was set
    /// back in between.
    /// </summary>
    /// <param name="target">What it called; null where that is not known.</param>
    /// <param name="intendedAt">When its intent was written.</param>
    /// <param name="now">When it is known to be lost.</param>
    public static LostSubmit Of(TaskTarget? target, DateTimeOffset intendedAt, DateTimeOffset now)
    {
        if (intendedAt > now)
        {
            // The clock was set back: all that is known is that the POST was not long ago.
            return new LostSubmit(target, now - LongestClockChange, now) { OverAt = intendedAt + LongestSubmit };
        }

        var latest = intendedAt + LongestSubmit;
        return new LostSubmit(target, intendedAt, now < latest ? now : latest);
    }
}
