using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Reports;

/// <summary>The runs of a batch for a report, which walks over them more than once.</summary>
/// <param name="All">Every run, in the batch's order, from the beginning at each call.</param>
public sealed record RunWalk(Func<IEnumerable<RunRecord>> All)
{
    /// <summary>The runs with the wanted indexes. A source that can skip the others sets it.</summary>
    public Func<Predicate<long>, IEnumerable<RunRecord>> Some { get; init; } =
        wanted => All().Where(run => wanted(run.Index));
}
