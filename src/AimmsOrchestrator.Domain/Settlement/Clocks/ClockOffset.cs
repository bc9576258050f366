namespace AimmsOrchestrator.Domain.Settlement.Clocks;

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
