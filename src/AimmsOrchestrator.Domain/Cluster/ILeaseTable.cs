using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Cluster;

/// <summary>
/// Leases by name, in the database that all nodes have: of the parts of a divided cluster the one that gets the lease goes on.
/// The database's clock decides when one has expired. Safe for many threads.
/// </summary>
public interface ILeaseTable
{
    /// <summary>Takes a lease that is free, has expired, or is the owner's own; its lifetime begins anew.</summary>
    /// <param name="name">Which lease.</param>
    /// <param name="owner">Who takes it.</param>
    /// <param name="lifetime">After how long it expires.</param>
    /// <param name="cancellation">Cancelled where the answer takes too long.</param>
    /// <returns>False where another owner has it.</returns>
    /// <exception cref="JournalException">The database cannot be written.</exception>
    Task<bool> TryAcquireAsync(string name, string owner, TimeSpan lifetime, CancellationToken cancellation);

    /// <summary>Gives a lease up; one that the owner does not have stays as it is.</summary>
    /// <param name="name">Which lease.</param>
    /// <param name="owner">Who gives it up.</param>
    /// <param name="cancellation">Cancelled where the answer takes too long.</param>
    /// <exception cref="JournalException">The database cannot be written.</exception>
    Task ReleaseAsync(string name, string owner, CancellationToken cancellation);
}
