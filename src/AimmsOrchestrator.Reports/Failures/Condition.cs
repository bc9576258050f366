using System.Globalization;
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
    private const int LongestLabel = 8;

    /// <summary>In words, such as <c>growth ≥ 1.1</c>.</summary>
    public string Text =>
        Comparison switch
        {
            Comparison.AtLeast => $"{Column.Name} ≥ {Labels}",
            Comparison.AtMost => $"{Column.Name} ≤ {Labels}",
            Comparison.Is => $"{Column.Name} = {Labels}",
            _ => $"{Column.Name} ∈ {{{Labels}}}",
        };

    /// <summary>
    /// The same, with a bound that no run has exactly as the shortest number between the runs on its two sides, such as
    /// <c>growth ≥ 1.055</c>.
    /// </summary>
    public string ShortText =>
        Comparison is Comparison.AtLeast or Comparison.AtMost && Labels.Length > LongestLabel
            ? $"{Column.Name} {(Comparison == Comparison.AtLeast ? '≥' : '≤')} {Bound()}"
            : Text;

    private string Bound()
    {
        var level = Levels[0];
        var (least, greatest) =
            Comparison == Comparison.AtLeast
                ? (Column.Levels.Number(level - 1), Column.Levels.Number(level))
                : (Column.Levels.Number(level), Column.Levels.Number(level + 1));
        for (var digits = 2; digits < 17; digits++)
        {
            var text = (least / 2 + greatest / 2).ToString($"G{digits}", CultureInfo.InvariantCulture);
            var bound = double.Parse(text, CultureInfo.InvariantCulture);
            if (
                Comparison == Comparison.AtLeast
                    ? bound > least && bound <= greatest
                    : bound >= least && bound < greatest
            )
            {
                return text;
            }
        }

        return Labels;
    }

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
