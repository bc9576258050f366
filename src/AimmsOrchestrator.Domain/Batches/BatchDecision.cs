namespace AimmsOrchestrator.Domain.Batches;

/// <summary>What follows from a fact.</summary>
/// <param name="Next">The batch afterwards.</param>
/// <param name="Effects">What is then done, in order.</param>
public readonly record struct BatchDecision(Batch Next, IReadOnlyList<BatchEffect> Effects)
{
    /// <summary>The batch, and what is done.</summary>
    public static BatchDecision Of(Batch batch, params BatchEffect[] effects) => new(batch, effects);

    /// <summary>What follows from the batch after this decision comes on top of it.</summary>
    public BatchDecision Then(Func<Batch, BatchDecision> rule)
    {
        var after = rule(Next);
        return after.Effects.Count == 0 ? this with { Next = after.Next }
            : Effects.Count == 0 ? after
            : new BatchDecision(after.Next, [.. Effects, .. after.Effects]);
    }
}
