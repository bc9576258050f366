using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>How a condition compares.</summary>
internal enum Comparison
{
    AtLeast,
    AtMost,
    Is,
    IsOneOf,
}

/// <summary>A condition on one parameter.</summary>
/// <param name="Column">The parameter.</param>
/// <param name="Comparison">How it compares.</param>
/// <param name="Levels">The levels of the parameter it compares with: one, or for "one of" several in ascending order.</param>
internal sealed record Condition(FrameColumn Column, Comparison Comparison, int[] Levels)
{
    /// <summary>In words, such as <c>growth ≥ 1.1</c>.</summary>
    public string Text =>
        Comparison switch
        {
            Comparison.AtLeast => $"{Column.Name} ≥ {Labels}",
            Comparison.AtMost => $"{Column.Name} ≤ {Labels}",
            Comparison.Is => $"{Column.Name} = {Labels}",
            _ => $"{Column.Name} ∈ {{{Labels}}}",
        };

    private string Labels => string.Join(", ", Levels.Select(Column.Levels.Label));

    /// <summary>Whether the run of a row fulfils it; a run without a value does not.</summary>
    public bool Holds(int row)
    {
        var level = Column.Levels.OfRow[row];
        return level >= 0
            && Comparison switch
            {
                Comparison.AtLeast => level >= Levels[0],
                Comparison.AtMost => level <= Levels[0],
                Comparison.Is => level == Levels[0],
                _ => Array.BinarySearch(Levels, level) >= 0,
            };
    }
}
