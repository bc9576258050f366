namespace AimmsOrchestrator.Domain.Cleanup;

/// <summary>What follows from a fact.</summary>
/// <param name="Next">Where the removal stands afterwards.</param>
/// <param name="Effects">What is then done, in order.</param>
public sealed record CleanupDecision(CleanupState Next, IReadOnlyList<CleanupEffect> Effects)
{
    /// <summary>A decision with its effects.</summary>
    public static CleanupDecision Of(CleanupState next, params CleanupEffect[] effects) => new(next, effects);
}

/// <summary>What the removal of finished tasks does.</summary>
public abstract record CleanupEffect
{
    private CleanupEffect() { }

    /// <summary>The first task is removed: the journal keeps that, and the next one is due.</summary>
    public sealed record Record : CleanupEffect;

    /// <summary>The first task stays at the service, and the next one is due.</summary>
    public sealed record GiveUp : CleanupEffect;

    /// <summary>All tasks that wait stay at the service.</summary>
    public sealed record GiveAllUp : CleanupEffect;

    /// <summary>The request for the first task is made again.</summary>
    /// <param name="After">Not before this time is over.</param>
    public sealed record Repeat(TimeSpan After) : CleanupEffect;

    /// <summary>The service asks for a pause.</summary>
    /// <param name="Duration">For how long no request is sent.</param>
    public sealed record PauseFor(TimeSpan Duration) : CleanupEffect;

    /// <summary>Everything is given up once this time is over, in place of an earlier one.</summary>
    /// <param name="Duration">The time.</param>
    public sealed record HavePatience(TimeSpan Duration) : CleanupEffect;
}
