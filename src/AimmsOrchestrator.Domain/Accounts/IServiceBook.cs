using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Domain.Accounts;

/// <summary>
/// What is in use of the accounts at which a workspace's batches run. The journal takes and gives slots in the transaction of
/// the events that do so; this book only reads them, and frees what was left. For one thread at a time.
/// </summary>
public interface IServiceBook : IDisposable
{
    /// <summary>All accounts, by name.</summary>
    /// <param name="now">Now, UTC.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<AccountRecord> Accounts(DateTimeOffset now);

    /// <summary>How much of the batch's account is in use; nothing where the batch shares no account.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <param name="now">Now, UTC.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    AccountUse UseOf(long batch, DateTimeOffset now);

    /// <summary>The slots of the batch's account whose batches no process drives, in the order of their submits.</summary>
    /// <param name="batch">The batch's number; its own slots are not among them.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    IReadOnlyList<LeftSlot> Left(long batch);

    /// <summary>
    /// Frees a slot that was left: its task has ended. The run itself stays as it is, and its batch takes the slot back when it
    /// continues.
    /// </summary>
    /// <returns>False where the run, or its batch, has moved on since the slot was found.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    bool Free(LeftSlot slot);

    /// <summary>Writes what a batch demands of its account, and reads what the others there do. It outlives no crash of the machine.</summary>
    /// <param name="own">The batch's demand; it takes the place of the one before.</param>
    /// <param name="now">Now, UTC; demands older than <see cref="Demand.Lifetime"/> count no more.</param>
    /// <returns>The demands of the other batches at the account.</returns>
    /// <exception cref="JournalException">The workspace's database cannot be read or written.</exception>
    IReadOnlyList<Demand> Exchange(Demand own, DateTimeOffset now);

    /// <summary>A batch demands nothing more.</summary>
    /// <param name="batch">The batch's number.</param>
    /// <exception cref="JournalException">The workspace's database cannot be written.</exception>
    void Withdraw(long batch);
}
