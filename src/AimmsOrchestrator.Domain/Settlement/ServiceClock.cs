using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Domain.Settlement;

/// <summary>
/// How far the clock that writes a task's creation time is ahead of this machine's. It is known from this workspace's own
/// tasks: each was created between its intent and its answer. The <c>Date</c> header is a hint only, since a gateway may
/// write it by another clock.
/// </summary>
/// <param name="Likely">Where the evidence puts it: a task outside this window is not taken for a submit's own.</param>
/// <param name="Possible">What it may be at the worst: only a task outside this window is certainly not a submit's own.</param>
/// <param name="IsSteady">Whether own tasks and the header agree, so that this machine's clock measures waits as well.</param>
public sealed record ServiceClock(ClockOffset Likely, ClockOffset Possible, bool IsSteady)
{
    /// <summary>
    /// How far any two clocks may be apart where no own task shows it, a gateway's and its backend's too: a wrong date is
    /// noticed by people, a wrong time zone is not.
    /// </summary>
    public static readonly TimeSpan LongestError = TimeSpan.FromDays(1);

    /// <summary>The <c>Date</c> header and the cloud's times are whole seconds.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>Own tasks and a header that differ by more than this show that one of the clocks cannot be relied on.</summary>
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(5);

    /// <summary>Nothing is known: the clocks are taken to agree, and may differ by a day.</summary>
    public static ServiceClock Unknown { get; } = Of([], header: null);

    /// <summary>The clock for a POST of the process that made the samples.</summary>
    /// <param name="samples">Own tasks of that process.</param>
    /// <param name="header">How far the list's <c>Date</c> header was ahead of this machine's clock; null where it had none.</param>
    public static ServiceClock Of(IReadOnlyCollection<ClockSample> samples, TimeSpan? header)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var date = header is { } ahead ? new ClockOffset(ahead - Resolution, ahead + Resolution) : null;
        if (samples.Count == 0)
        {
            var guess = date ?? new ClockOffset(TimeSpan.Zero, TimeSpan.Zero);
            return new ServiceClock(guess, guess.Widened(LongestError), IsSteady: false);
        }

        var each = samples.Select(sample => sample.Offset(Resolution)).ToList();
        var common = each.Aggregate(ClockOffset.Intersect!);
        var own = common ?? each.Aggregate(ClockOffset.Hull);
        return new ServiceClock(
            own,
            date is null ? own : ClockOffset.Hull(own, date),
            common is not null && date is not null && ClockOffset.Hull(own, date).Width <= own.Width + Agreement
        );
    }

    /// <summary>
    /// The clock for a POST of this process, where only an earlier one made the samples: this machine's clock may have been
    /// set between the two, unless the header shows that it was not.
    /// </summary>
    public static ServiceClock OfEarlier(IReadOnlyCollection<ClockSample> samples, TimeSpan? header)
    {
        var clock = Of(samples, header);
        return clock.IsSteady ? clock : clock with { Possible = clock.Possible.Widened(LongestError) };
    }
}

/// <summary>A span that an offset lies in.</summary>
public sealed record ClockOffset(TimeSpan Least, TimeSpan Most)
{
    /// <summary>The span's length.</summary>
    public TimeSpan Width => Most - Least;

    /// <summary>The span with a margin on both sides.</summary>
    public ClockOffset Widened(TimeSpan by) => new(Least - by, Most + by);

    /// <summary>The smallest span that has both.</summary>
    public static ClockOffset Hull(ClockOffset one, ClockOffset other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(one.Least < other.Least ? one.Least : other.Least, one.Most > other.Most ? one.Most : other.Most);
    }

    /// <summary>What both have; null where they have nothing in common, or an earlier pair had not.</summary>
    public static ClockOffset? Intersect(ClockOffset? one, ClockOffset? other)
    {
        if (one is null || other is null)
        {
            return null;
        }

        var (least, most) = (
            one.Least > other.Least ? one.Least : other.Least,
            one.Most < other.Most ? one.Most : other.Most
        );
        return least <= most ? new ClockOffset(least, most) : null;
    }
}

/// <summary>One own task on both clocks.</summary>
/// <param name="IntendedAt">When its intent was written, on this machine's clock: it was not created before.</param>
/// <param name="AnsweredAt">When its id was here, on this machine's clock: it was not created after.</param>
/// <param name="CreatedAt">When the service created it, on the service's clock.</param>
public sealed record ClockSample(DateTimeOffset IntendedAt, DateTimeOffset AnsweredAt, DateTimeOffset CreatedAt)
{
    /// <summary>What the offset must be for this task.</summary>
    public ClockOffset Offset(TimeSpan resolution) => new(CreatedAt - AnsweredAt, CreatedAt + resolution - IntendedAt);
}
