using AimmsOrchestrator.Reports.Findings;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>How one batch differs from another, in a sentence.</summary>
public static class DifferenceSentence
{
    private const int MostResults = 3;

    /// <param name="before">The batch that is compared with.</param>
    /// <param name="after">The batch.</param>
    /// <param name="summary">Every run of either.</param>
    public static string Of(string before, string after, DifferenceSummary summary)
    {
        var (same, changed, state) = (
            summary.Count(RunChange.Same),
            summary.Count(RunChange.Changed),
            summary.Count(RunChange.State)
        );
        var shared = same + changed + state;
        string[] parts =
        [
            shared == 0 ? "no run is in both"
            : changed + state == 0 ? Same(same - summary.WithoutResults.Values.Sum(), shared)
            : $"{Wording.Count(changed + state)} of {Wording.Runs(shared)} differ",
            state > 0 ? $"{Wording.Runs(state)} in the state" : "",
            .. summary.WithoutResults.Select(runs => $"{Wording.Count(runs.Value)} {runs.Key} in both"),
            .. summary.Largest.OrderByDescending(result => result.Value.Count).Take(MostResults).Select(Result),
            summary.Largest.Count > MostResults ? $"{summary.Largest.Count - MostResults} more results differ" : "",
            Count(summary.Count(RunChange.New), "new"),
            Count(summary.Count(RunChange.Gone), "gone"),
        ];
        return $"{after} against {before}: {string.Join("; ", parts.Where(part => part.Length > 0))}.";
    }

    private static string Same(long same, long all) =>
        (same, all) switch
        {
            (0, _) => "no run completed in both",
            (1, 1) => "the one run has the same results",
            _ when same == all => $"all {Wording.Count(all)} runs have the same results",
            _ => $"{Wording.Count(same)} of {Wording.Runs(all)} {(same == 1 ? "has" : "have")} the same results",
        };

    private static string Count(long runs, string word) =>
        runs == 0 ? "" : $"{Wording.Runs(runs)} {(runs == 1 ? "is" : "are")} {word}";

    private static string Result(KeyValuePair<string, LargestChange> result)
    {
        var (name, (count, run, change)) = result;
        var by = change switch
        {
            { Ratio: { } ratio and > 0 } => $", by up to {Share(ratio)} ({run})",
            { Numbers: { } it } => $", as in {run} ({Wording.Number(it.Before)} → {Wording.Number(it.After)})",
            _ => $", as in {run}",
        };
        return $"{name} in {Wording.Runs(count)}{by}";
    }

    /// <summary>Small changes have their own digits: 0.02 % is not under 1 % alone.</summary>
    private static string Share(double ratio) =>
        Math.Abs(ratio - 1) < 0.01
            ? $"{Wording.Number(Math.Abs(ratio - 1) * 100)} %"
            : Wording.Percent(Math.Abs(ratio - 1));
}
