using System.Globalization;

namespace AimmsOrchestrator.Reports.Failures;

/// <summary>Which runs the others are.</summary>
internal enum OtherRuns
{
    /// <summary>All other runs of the batch.</summary>
    All,

    /// <summary>Those of the other runs that completed.</summary>
    Completed,

    /// <summary>Some of the other runs, completed and failed ones.</summary>
    Ended,
}

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
    /// <summary>Which runs the others are.</summary>
    public OtherRuns Among { get; init; }

    /// <summary>Whether all of the runs fulfil them and none of the others.</summary>
    public bool IsExact => Hits == Runs && OtherHits == 0;

    /// <summary>The conditions in words, such as <c>growth ≥ 1.1 and freight = 70</c>.</summary>
    public string Text => string.Join(" and ", Conditions.Select(c => c.ShortText));

    /// <summary>What the runs have in common, such as <c>all 37 have growth ≥ 1.1</c>, and how many of the others have it too.</summary>
    public string Description
    {
        get
        {
            var who =
                Hits < Runs ? $"{Count(Hits)} of {Count(Runs)} have"
                : Runs == 1 ? "it has"
                : Runs == 2 ? "both have"
                : $"all {Count(Runs)} have";
            var (none, others) = Among switch
            {
                OtherRuns.Completed => ("no completed run", "completed runs"),
                OtherRuns.Ended => ("no other run that ended", "others that ended"),
                _ => ("no other run", "others"),
            };
            var also = OtherHits switch
            {
                0 => Hits == Runs ? "" : $", and {none} has",
                1 => $", and 1 of {Count(Others)} {others} has too",
                var n => $", and {Count(n)} of {Count(Others)} {others} have too",
            };
            return $"{who} {Text}{also}";
        }
    }

    private static string Count(long n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
