using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Statistics;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>How the runs compare with the baseline, and whether the scenario's expectations hold.</summary>
internal static class ComparisonFindings
{
    public static IEnumerable<Finding> Of(FindingContext context)
    {
        if (context.Results.Count > 0 && Compare(context, context.Results[0]) is { } compared)
        {
            yield return compared;
        }

        if (context.Expectations.Count > 0)
        {
            yield return new Finding(FindingKind.Expectation, Rules(context));
        }
    }

    private static Finding? Compare(FindingContext context, ResultStatistics result)
    {
        if (context.Baseline is not { } baseline || baseline.Of(result.Result.Name) is not { } start)
        {
            return null;
        }

        var (lower, higher, same) = (0L, 0L, 0L);
        var (least, most) = ((Change: 0.0, Ratio: (double?)null), (Change: 0.0, Ratio: (double?)null));
        for (var row = 0; row < context.Frame.Count; row++)
        {
            var number = result.Result.Numbers[row];
            if (
                context.Frame.Phases[row] != RunPhase.Completed
                || double.IsNaN(number)
                || baseline.Compare(result.Result.Name, number) is not ({ } difference, var ratio)
            )
            {
                continue;
            }

            var change = Spread.AreSame(number, start.Value) ? 0 : difference;
            lower += change < 0 ? 1 : 0;
            higher += change > 0 ? 1 : 0;
            same += change is 0 ? 1 : 0;
            least = change < least.Change ? (change, ratio) : least;
            most = change > most.Change ? (change, ratio) : most;
        }

        var all = same == context.Frame.Count ? "every run" : $"all {Wording.Runs(same)} that have it";
        string[] parts =
        [
            lower + higher == 0 ? $"the same in {all}" : "",
            lower > 0 ? $"lower in {Wording.Runs(lower)}, by {By(least)} at most" : "",
            higher > 0 ? $"higher in {Wording.Runs(higher)}, by {By(most)} at most" : "",
        ];
        var words = Wording.List([.. parts.Where(part => part.Length > 0)]);
        return lower + higher + same < 2
            ? null
            : new Finding(
                FindingKind.Baseline,
                $"Against the base run ({baseline.Name}) {result.Result.Name} is {words}.",
                context.ChartOf(result.Result.Name)
            );
    }

    /// <summary>In per cent of the base run where that has a meaning.</summary>
    private static string By((double Change, double? Ratio) change) =>
        change.Ratio is { } ratio and > 0 && Math.Abs(ratio - 1) < 10
            ? Wording.Percent(Math.Abs(ratio - 1))
            : Wording.Number(Math.Abs(change.Change));

    private static string Rules(FindingContext context)
    {
        var rules = context.Expectations;
        var (violated, open) = (rules.Where(r => r.Violated > 0).ToList(), rules.Count(r => r.Checked == 0));
        var unchecked_ = open > 0 ? $"; {open} {(open == 1 ? "was" : "were")} not checked" : "";
        if (violated.Count == 0)
        {
            return open == rules.Count
                ? $"No expectation was checked: {rules[0].Reason ?? "no run has completed"}."
                : $"{(rules.Count == 1 ? "The expectation holds" : open == 0 ? $"All {rules.Count} expectations hold" : $"{rules.Count - open} of {rules.Count} expectations hold")}{unchecked_}.";
        }

        var first = violated[0];
        var of =
            rules.Count == 1
                ? "The expectation is"
                : $"{violated.Count} of {rules.Count} expectations {(violated.Count == 1 ? "is" : "are")}";
        return $"{of} violated: {first.Name}, {first.Violated} of {first.Checked} times{unchecked_}.";
    }
}
