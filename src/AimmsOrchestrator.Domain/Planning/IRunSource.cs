namespace AimmsOrchestrator.Domain.Planning;

/// <summary>The runs of a scenario, made one at a time: a sweep of ten million costs no more memory than one of ten.</summary>
public interface IRunSource
{
    /// <summary>How many runs there are; null where only walking them would tell.</summary>
    long? Count { get; }

    /// <summary>
    /// The runs in order, from an index on. Starting late costs little, and each call walks anew; an enumerator belongs
    /// to one thread at a time, two enumerators may walk at once.
    /// </summary>
    IEnumerable<PlannedRun> From(long index);
}
