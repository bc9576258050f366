namespace AimmsOrchestrator.Domain.Settlement.Clocks;

/// <summary>The service's clock as this process sees it, and as an earlier one did whose POSTs it inherited.</summary>
/// <param name="Own">For POSTs of this process.</param>
/// <param name="Inherited">For POSTs of an earlier process.</param>
internal sealed record ServiceClocks(ServiceClock Own, ServiceClock Inherited)
{
    /// <summary>Nothing is known.</summary>
    public static ServiceClocks Unknown { get; } = new(ServiceClock.Unknown, ServiceClock.Unknown);

    /// <summary>The least that the offset of any POST may be by the evidence.</summary>
    public TimeSpan Least => Own.Likely.Least < Inherited.Likely.Least ? Own.Likely.Least : Inherited.Likely.Least;

    /// <summary>The least that it may be at the worst.</summary>
    public TimeSpan LeastPossible =>
        Own.Possible.Least < Inherited.Possible.Least ? Own.Possible.Least : Inherited.Possible.Least;

    /// <summary>What own tasks and the header of a list show.</summary>
    /// <param name="samples">Own tasks of any process.</param>
    /// <param name="header">How far the list's <c>Date</c> header was ahead of this machine's clock; null where it had none.</param>
    /// <param name="began">When this process began.</param>
    /// <param name="now">The time now; a task that was intended later is from before this machine's clock was set back.</param>
    public static ServiceClocks Of(
        IReadOnlyCollection<ClockSample> samples,
        TimeSpan? header,
        DateTimeOffset began,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(samples);
        var mine = samples.Where(sample => sample.IntendedAt >= began && sample.IntendedAt <= now).ToList();
        return new ServiceClocks(
            mine.Count > 0 ? ServiceClock.Of(mine, header) : ServiceClock.OfEarlier(samples, header),
            ServiceClock.Of(samples, header)
        );
    }

    /// <summary>The clock for one POST.</summary>
    /// <param name="isInherited">Whether an earlier process made it.</param>
    public ServiceClock For(bool isInherited) => isInherited ? Inherited : Own;
}
