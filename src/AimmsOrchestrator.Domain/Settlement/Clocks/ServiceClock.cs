namespace AimmsOrchestrator.Domain.Settlement.Clocks;

/// <summary>
/// How far the clock that writes a task's creation time is ahead of this machine's. It is known from this workspace's own
/// tasks: each was created between its intent and its answer. The <c>Date</c> header is a hint only, since a gateway may
/// write it by another clock.
/// </summary>
/// <param name="Likely">Where the evidence puts it: a task outside this window is not taken for a submit's own.</param>
/// <param name="Possible">What it may be at the worst: only a task outside this window is certainly not a submit's own.</param>
/// <param name="IsSteady">Whether own tasks and the header agree, so that this machine's clock measures waits as well.</param>
internal sealed record ServiceClock(ClockOffset Likely, ClockOffset Possible, bool IsSteady)
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
    /// set between the two. Even a header that agrees with them is no proof, since it may be wrong by the same amount.
    /// </summary>
    public static ServiceClock OfEarlier(IReadOnlyCollection<ClockSample> samples, TimeSpan? header)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var clock = Of(samples, header);
        return samples.Count == 0 ? clock : clock with { Possible = clock.Possible.Widened(LongestError) };
    }
}
