namespace AimmsOrchestrator.Domain.Schedules;

/// <summary>The begin of a scheduled batch: of all processes that find it due, one opens the batch.</summary>
/// <param name="Schedule">The schedule's number.</param>
/// <param name="Due">When it was due, as the schedule said: who finds another time there comes too late.</param>
/// <param name="Next">When it is due next; null where never again.</param>
/// <param name="Late">Why it begins late, in words; null where it is in time.</param>
public sealed record Firing(long Schedule, DateTimeOffset Due, DateTimeOffset? Next, string? Late);
