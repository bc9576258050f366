namespace AimmsOrchestrator.Reports.Failures;

/// <summary>Conditions on parameters that tell some runs from the others.</summary>
/// <param name="Conditions">All of which hold: one, or two.</param>
/// <param name="Runs">The number of runs.</param>
/// <param name="Hits">How many of them fulfil the conditions.</param>
/// <param name="Others">The number of other runs.</param>
/// <param name="OtherHits">How many of these fulfil them too.</param>
internal sealed record Separation(
    IReadOnlyList<Condition> Conditions,
    long Runs,
    long Hits,
    long Others,
    long OtherHits
)
{
    /// <summary>Whether all of the runs fulfil them and none of the others.</summary>
    public bool IsExact => Hits == Runs && OtherHits == 0;

    /// <summary>The conditions in words, such as <c>growth ≥ 1.1 and freight = 70</c>.</summary>
    public string Text => string.Join(" and ", Conditions.Select(c => c.ShortText));
}
