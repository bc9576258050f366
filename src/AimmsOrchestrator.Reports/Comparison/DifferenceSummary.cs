using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>Counts the differences between two batches, and keeps the largest.</summary>
/// <param name="mostKept">How many differing runs to keep: those with the largest differences.</param>
public sealed class DifferenceSummary(int mostKept)
{
    private readonly Dictionary<RunChange, long> _counts = [];
    private readonly SortedDictionary<string, long> _withoutResults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LargestChange> _largest = new(StringComparer.Ordinal);
    private readonly PriorityQueue<RunDifference, (double Size, long Place)> _kept = new();

    /// <summary>Whether anything differs beyond the tolerance.</summary>
    public bool HasDifferences => _counts.Any(count => count.Key != RunChange.Same && count.Value > 0);

    /// <summary>For each differing result, by name: in how many runs, and where the most.</summary>
    public IReadOnlyDictionary<string, LargestChange> Largest => _largest;

    /// <summary>Of the runs that are the same, those without results in both batches, by the word for their state.</summary>
    public IReadOnlyDictionary<string, long> WithoutResults => _withoutResults;

    /// <summary>How many differing runs were not kept.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The number of runs per kind of change.</summary>
    public long Count(RunChange change) => _counts.GetValueOrDefault(change);

    /// <summary>Adds a run.</summary>
    public void Add(RunDifference run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _counts[run.Change] = Count(run.Change) + 1;
        if (run is { Change: RunChange.Same, StateAfter: { } state } && state != RunState.Completed.Word())
        {
            _withoutResults[state] = _withoutResults.GetValueOrDefault(state) + 1;
        }

        foreach (var change in run.Results)
        {
            var before = _largest.GetValueOrDefault(change.Result);
            var isLarger = before is null || Size(change) > Size(before.Change);
            _largest[change.Result] = new LargestChange(
                (before?.Count ?? 0) + 1,
                isLarger ? run.Name : before!.Name,
                isLarger ? change : before!.Change
            );
        }

        if (run.Change != RunChange.Same)
        {
            Keep(run);
        }
    }

    /// <summary>The differing runs that were kept, the largest difference first.</summary>
    public IReadOnlyList<RunDifference> Kept() =>
        [
            .. _kept
                .UnorderedItems.OrderByDescending(item => item.Priority.Size)
                .ThenByDescending(item => item.Priority.Place)
                .Select(item => item.Element),
        ];

    private void Keep(RunDifference run)
    {
        // Of two equal differences the earlier one stays.
        var order = -(_kept.Count + LeftOut);
        _kept.Enqueue(run, (Size(run), order));
        if (_kept.Count > mostKept)
        {
            _kept.Dequeue();
            LeftOut++;
        }
    }

    /// <summary>A changed state ranks highest, then what is no number, then the largest change relative to the value before.</summary>
    private static double Size(RunDifference run) =>
        run.Results.Count > 0 ? run.Results.Max(Size) : double.PositiveInfinity;

    /// <summary>From 0 there is no ratio: such a change is as large as its share of the greater number, which is 1.</summary>
    private static double Size(ResultChange change) =>
        change switch
        {
            { Ratio: { } ratio } => Math.Abs(ratio - 1),
            { Numbers: { } numbers } => Share(numbers.Before, numbers.After),
            _ => double.MaxValue,
        };

    private static double Share(double before, double after) =>
        Math.Abs(after - before) / Math.Max(Math.Abs(before), Math.Abs(after));
}

/// <summary>In how many runs a result differs, and where the most.</summary>
/// <param name="Count">In how many runs.</param>
/// <param name="Name">The run where it differs most, relative to its value before; from 0, to its value after.</param>
/// <param name="Change">How it differs there.</param>
public sealed record LargestChange(long Count, string Name, ResultChange Change);
