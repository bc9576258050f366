using AimmsOrchestrator.Batches.Planning;

namespace AimmsOrchestrator.Batches.Documents;

/// <summary>How much of a plan is done before it begins, by its first runs.</summary>
/// <param name="LookedUp">How many runs were looked up.</param>
/// <param name="Done">Those that have a result.</param>
/// <param name="Repeated">Those that ask what another one asks.</param>
/// <param name="Incumbents">Those to do although an incumbent of an earlier batch answers them.</param>
public sealed record PlanStatusDocument(
    long LookedUp,
    long Done,
    long Repeated,
    IReadOnlyList<RefusedIncumbentsDocument> Incumbents
)
{
    public static PlanStatusDocument Of(PlanStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return new PlanStatusDocument(
            status.LookedUp,
            status.Done,
            status.Repeated,
            [.. status.Incumbents.Select(group => new RefusedIncumbentsDocument(group.CutAfter, group.Count))]
        );
    }
}

/// <summary>Incumbents that were cut too early to answer runs.</summary>
/// <param name="CutAfter">For how long their solver was let run; null where that is not known.</param>
/// <param name="Count">How many runs.</param>
public sealed record RefusedIncumbentsDocument(TimeSpan? CutAfter, long Count);

/// <summary>Why runs are to do: what an earlier batch of the scenario has of them.</summary>
/// <param name="Since">The batch that they are compared with.</param>
/// <param name="New">Runs whose parameters that batch does not have.</param>
/// <param name="Unfinished">Runs with the same key there, and no result.</param>
/// <param name="Dropped">Runs whose response was not kept, and from which other results are extracted now.</param>
/// <param name="Changed">Runs whose parameters it has with another key.</param>
/// <param name="Incumbents">Runs whose result there was cut too early to answer them now.</param>
/// <param name="Reasons">What differs in the changed ones, one line per difference.</param>
public sealed record PlanChangesDocument(
    string Since,
    long New,
    long Unfinished,
    long Dropped,
    long Changed,
    long Incumbents,
    IReadOnlyList<string> Reasons
)
{
    public static PlanChangesDocument Of(PlanChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return new PlanChangesDocument(
            changes.Since.Id.Value,
            changes.New,
            changes.Unfinished,
            changes.Dropped,
            changes.Changed,
            changes.Incumbents,
            changes.Reasons
        );
    }
}
