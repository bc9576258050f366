namespace AimmsOrchestrator.Domain.Runs;

/// <summary>What follows from a fact.</summary>
/// <param name="Next">The run afterwards.</param>
/// <param name="Events">What the journal keeps, in order; on disk before the effects where they say so.</param>
/// <param name="Effects">What is then done, in order.</param>
public readonly record struct RunDecision(Run Next, IReadOnlyList<RunEvent> Events, IReadOnlyList<RunEffect> Effects)
{
    /// <summary>No event.</summary>
    public static RunDecision Of(Run run, params RunEffect[] effects) => new(run, [], effects);

    /// <summary>One event, and what is done then.</summary>
    public static RunDecision Of(Run run, RunEvent change, params RunEffect[] effects) =>
        new(run.Apply(change), [change], effects);

    /// <summary>The run has failed; other effects come before its end.</summary>
    public static RunDecision Fail(Run run, RunFailed failed, params ReadOnlySpan<RunEffect> effects) =>
        Of(run, failed, [.. effects, new RunEffect.Finish()]);

    /// <summary>The same, after another event.</summary>
    public RunDecision After(RunEvent first) => this with { Events = [first, .. Events] };
}
