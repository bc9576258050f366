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
            : changed + state == 0 ? $"{All(shared)} the same results"
            : $"{Wording.Count(changed + state)} of {Wording.Runs(shared)} differ",
            state > 0 ? $"{Wording.Runs(state)} in the state" : "",
            .. summary.Largest.OrderByDescending(result => result.Value.Count).Take(MostResults).Select(Result),
            summary.Largest.Count > MostResults ? $"{summary.Largest.Count - MostResults} more results differ" : "",
            Count(summary.Count(RunChange.New), "new"),
            Count(summary.Count(RunChange.Gone), "gone"),
        ];
        return $"{after} against {before}: {string.Join("; ", parts.Where(part => part.Length > 0))}.";
    }

    private static string All(long runs) => runs == 1 ? "the one run has" : $"all {Wording.Count(runs)} runs have";

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
