namespace AimmsOrchestrator.Domain.Throttling;

/// <summary>A number of uses in any stretch of time: a sliding window, not a bucket that fills up while it is not used.</summary>
/// <param name="Count">How many; at least 1.</param>
/// <param name="Period">The stretch; more than zero.</param>
public sealed record Rate(int Count, TimeSpan Period)
{
    /// <summary>
    /// Whether uses at this rate never exceed another one: 20/min keeps within 30/min, 100/h does not, since all hundred may
    /// come in one minute.
    /// </summary>
    public bool KeepsWithin(Rate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var stretches = ((other.Period.Ticks - 1) / Period.Ticks) + 1;
        return stretches * Count <= other.Count;
    }
}
