using System.Collections;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Reports.Charts;
using AimmsOrchestrator.Reports.Failures;
using AimmsOrchestrator.Reports.Frames;

namespace AimmsOrchestrator.Reports.Findings;

/// <summary>What came of the runs, and what those have in common that came to something else than most.</summary>
internal sealed class OutcomeFindings
{
    private const int MostGroups = 3;

    private readonly FindingContext _context;
    private readonly int[] _completed;
    private readonly int[] _failed;
    private readonly FrameColumn? _status;
    private readonly IReadOnlyList<StatusGroup> _words;

    private OutcomeFindings(FindingContext context)
    {
        _context = context;
        (_completed, _failed) = (context.Status.Completed, context.Status.Failed);
        (_status, _words) = (context.Status.Result, context.Status.All);
    }

    /// <summary>One sentence, and one for each further cause.</summary>
    public static IEnumerable<Finding> Of(FindingContext context) => new OutcomeFindings(context).All();

    private IEnumerable<Finding> All()
    {
        if (_context.Frame.Count == 0)
        {
            yield break;
        }

        var causes = Minorities()
            .Select(group => (Group: group, Cause: CauseFinder.Find(_context.Frame, group.Rows, Others(group))))
            .Where(found => found.Cause is not null)
            .Take(MostGroups)
            .ToList();
        // Behind the counts, "all 4 have" must mean all runs that are not of the first count.
        var isOne = causes.Count == 1 && causes[0].Group.Rows.Count == _context.Frame.Count - First.Count;
        yield return new Finding(
            FindingKind.Outcome,
            $"{Counts()}{(isOne ? $": {causes[0].Cause!.Description}" : "")}.",
            ChartOf(causes.FirstOrDefault().Group)
        );
        foreach (var (group, cause) in isOne ? [] : causes)
        {
            yield return new Finding(
                FindingKind.Cause,
                $"{Wording.Runs(group.Rows.Count)} {group.Verb}: {cause!.Description}.",
                ChartOf(group)
            );
        }
    }

    /// <summary>What most runs came to, in the first count.</summary>
    private (int Count, string Verb) First =>
        _words.Count == 0 ? (_completed.Length, "completed") : (_words[0].Rows.Count, _words[0].Verb);

    private string Counts()
    {
        var (all, cancelled) = (_context.Frame.Count, _context.Frame.Rows(RunPhase.Cancelled).Length);
        var open = all - _completed.Length - _failed.Length - cancelled;
        var (count, verb) = First;
        var parts = new List<string>
        {
            count < all ? $"{Wording.Count(count)} of {Wording.Runs(all)} {verb}"
            : all == 1 ? $"The run {verb.Replace("have", "has", StringComparison.Ordinal)}"
            : $"All {Wording.Count(all)} runs {verb}",
        };
        parts.AddRange(_words.Skip(1).Select(word => $"{Wording.Count(word.Rows.Count)} {word.Word}"));
        var without = _completed.Length - _words.Sum(word => word.Rows.Count);
        parts.AddRange(_words.Count > 0 && without > 0 ? [$"{Wording.Count(without)} have no {_status!.Name}"] : []);
        parts.AddRange(_failed.Length > 0 ? [$"{Wording.Count(_failed.Length)} failed{Message()}"] : []);
        parts.AddRange(cancelled > 0 ? [$"{Wording.Count(cancelled)} cancelled"] : []);
        parts.AddRange(open > 0 ? [$"{Wording.Count(open)} {(open == 1 ? "has" : "have")} not ended"] : []);
        return string.Join(", ", parts);
    }

    private string Message() => _context.Failures is [var only] ? $" ({Wording.Short(only.Message)})" : "";

    /// <summary>What most runs did not come to: other words, then failures.</summary>
    private IEnumerable<StatusGroup> Minorities() =>
        [
            .. _words.Skip(1),
            .. _context.Failures is [_] || _failed.Length == 0
                ? _failed.Length > 0
                    ? [new StatusGroup("failed", "failed", _failed)]
                    : (IEnumerable<StatusGroup>)[]
                : _context.Failures.Select(f => new StatusGroup(
                    "failed",
                    $"failed with “{Wording.Short(f.Message)}”",
                    f.Rows
                )),
        ];

    private int[] Others(StatusGroup group)
    {
        var ones = new BitArray(_context.Frame.Count);
        foreach (var row in group.Rows)
        {
            ones[row] = true;
        }

        return [.. Array.FindAll(_completed, row => !ones[row]), .. Array.FindAll(_failed, row => !ones[row])];
    }

    private string? ChartOf(StatusGroup? group) =>
        group is null ? (_words.Count > 1 ? _context.ChartOf(_status!.Name) : null)
        : group.Word == "failed" ? _context.ChartOf(ChartSubject.ShareOfFailures)
        : _context.ChartOf(_status!.Name) ?? (_context.Charts is [var first, ..] ? first.Id : null);
}
