namespace AimmsOrchestrator.Domain.Policies;

/// <summary>A limit on time: an absolute duration, or a multiple of the batch's median.</summary>
/// <param name="Fixed">The duration; null where a multiple is meant.</param>
/// <param name="Medians">The multiple of the median of the batch's completed tasks; null where a duration is meant.</param>
public sealed record TimeLimit(TimeSpan? Fixed, double? Medians)
{
    /// <summary>The limit now; null while too few tasks have completed for a median.</summary>
    public TimeSpan? At(TimeSpan? median) => Fixed ?? (median is { } typical ? typical * Medians!.Value : null);
}
