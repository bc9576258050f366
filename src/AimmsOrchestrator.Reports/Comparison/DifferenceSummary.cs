namespace AimmsOrchestrator.Reports.Comparison;

/// <summary>Counts what differs between two batches, and keeps what differs most.</summary>
/// <param name="mostKept">How many differing runs to keep; the largest are.</param>
public sealed class DifferenceSummary(int mostKept)
{
    private readonly Dictionary<RunChange, long> _counts = [];
    private readonly SortedDictionary<string, LargestChange> _largest = new(StringComparer.Ordinal);
    private readonly PriorityQueue<RunDifference, (double Size, long Place)> _kept = new();

    /// <summary>Whether anything differs beyond the tolerance.</summary>
    public bool HasDifferences => _counts.Any(count => count.Key != RunChange.Same && count.Value > 0);

    /// <summary>For each result that differs anywhere: how often, and where the most; by name.</summary>
    public IReadOnlyDictionary<string, LargestChange> Largest => _largest;

    /// <summary>How many differing runs were not kept.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How many runs did what.</summary>
    public long Count(RunChange change) => _counts.GetValueOrDefault(change);

    /// <summary>One more run.</summary>
    public void Add(RunDifference run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _counts[run.Change] = Count(run.Change) + 1;
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
        // Of two alike the earlier one stays.
        var place = -(_kept.Count + LeftOut);
        _kept.Enqueue(run, (Size(run), place));
        if (_kept.Count > mostKept)
        {
            _kept.Dequeue();
            LeftOut++;
        }
    }

    /// <summary>A state that changed weighs most; then the largest change of a result, relative to what it was.</summary>
    private static double Size(RunDifference run) =>
        run.Results.Count > 0 ? run.Results.Max(Size) : double.PositiveInfinity;

    private static double Size(ResultChange change) =>
        change.Ratio is { } ratio ? Math.Abs(ratio - 1) : double.MaxValue;
}

/// <summary>How often a result differs, and where the most.</summary>
/// <param name="Count">In how many runs.</param>
/// <param name="Name">The run where it differs most, relative to what it was.</param>
/// <param name="Change">How it differs there.</param>
public sealed record LargestChange(long Count, string Name, ResultChange Change);
