using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>Which batches no living node drives, by the signs of life in the database. Safe for many threads.</summary>
public interface ILeftBatches
{
    /// <summary>
    /// Whether the signs of life of other nodes can be believed: this node's own has been written for
    /// <see cref="BelievedAfter"/> without a break. After an outage of the database all of them are old, those of living nodes
    /// too, and no batch may be taken from its driver for that.
    /// </summary>
    bool AreBelieved { get; }

    /// <summary>Reads them; asked every half second by each node of the cluster.</summary>
    /// <param name="cancellation">Cancelled where the answer takes too long.</param>
    /// <exception cref="JournalException">The database cannot be read. The caller asks again.</exception>
    Task<IReadOnlyList<LeftBatch>> ReadAsync(CancellationToken cancellation);

    /// <summary>For how long a node's own sign of life must have been written without a break.</summary>
    static TimeSpan BelievedAfter { get; } = TimeSpan.FromSeconds(6);
}
