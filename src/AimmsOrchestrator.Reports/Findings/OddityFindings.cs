using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>What did not behave: results that are empty, incumbents, submits without a clear answer, answers of earlier batches.</summary>
internal static class OddityFindings
{
    private const int MostEmpty = 2;

    public static IEnumerable<Finding> Of(FindingContext context) => [.. Empty(context), .. Marked(context)];

    private static IEnumerable<Finding> Empty(FindingContext context)
    {
        var completed = context.Status.Completed;
        return context
            .Frame.Results.Select(result => Empty(context, result, completed))
            .OfType<Finding>()
            .Take(MostEmpty);
    }

    private static Finding? Empty(FindingContext context, FrameColumn result, int[] completed)
    {
        var empty = Array.FindAll(completed, IsEmpty);
        if (empty.Length == 0)
        {
            return null;
        }

        if (empty.Length == completed.Length)
        {
            var why = context.WhyEmpty(result.Name) is { } reason ? $": {reason}" : "";
            var all = completed.Length == 1 ? "the run that completed" : $"all {Wording.Count(completed.Length)} runs";
            return new Finding(FindingKind.Oddity, Wording.Sentence($"{result.Name} is empty in {all}{why}"));
        }

        // An infeasible run has no objective: that is no surprise.
        if (context.Status.AreUnusual(empty))
        {
            return null;
        }

        var cause = CauseFinder.Find(context.Frame, empty, Array.FindAll(completed, row => !IsEmpty(row)));
        var common = cause is { IsExact: true } ? $": all of them have {cause.Text}" : "";
        return new Finding(
            FindingKind.Oddity,
            $"{result.Name} is empty in {Wording.Count(empty.Length)} of {Wording.Runs(completed.Length)} that completed{common}."
        );

        bool IsEmpty(int row) => double.IsNaN(result.Numbers[row]) && result.TextCode(row) < 0;
    }

    private static IEnumerable<Finding> Marked(FindingContext context)
    {
        if (Count("incumbent") is > 0 and var cut)
        {
            yield return new Finding(
                FindingKind.Oddity,
                $"{Wording.Runs(cut)} of {Wording.Count(context.Frame.Count)} {(cut == 1 ? "has an incumbent" : "have incumbents")}: the best solution when the solver was stopped, not proven to be the optimum."
            );
        }

        if (Count(SettlementVerdict.Ambiguous.Word()) is > 0 and var lost)
        {
            yield return new Finding(
                FindingKind.Oddity,
                $"The submit of {Wording.Runs(lost)} had no clear answer: {(lost == 1 ? "its task" : "their tasks")} may still run at the service."
            );
        }

        if (Count("reused") is > 0 and var reused)
        {
            yield return new Finding(
                FindingKind.Reuse,
                $"{Of(reused)} {(reused == 1 ? "takes its result" : "take their results")} from an earlier run that asked the same."
            );
        }

        string Of(long runs) =>
            runs > 1 && runs == context.Frame.Count
                ? $"All {Wording.Runs(runs)}"
                : $"{Wording.Count(runs)} of {Wording.Runs(context.Frame.Count)}";

        long Count(string mark) => context.Frame.Marks.GetValueOrDefault(mark);
    }
}
