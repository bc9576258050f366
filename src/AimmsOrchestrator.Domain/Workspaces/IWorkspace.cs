using AimmsOrchestrator.Domain.Access;
using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Schedules;

namespace AimmsOrchestrator.Domain.Workspaces;

/// <summary>
/// Where batches live: their journal, in every role, and the claims of those that drive them. Safe for many threads; what it
/// opens is for one thread at a time and disposed of by its opener.
/// </summary>
public interface IWorkspace
{
    /// <summary>What it is called, for people: a folder, or a database.</summary>
    string Name { get; }

    /// <summary>How many bytes its database takes on the disk.</summary>
    long DatabaseBytes { get; }

    /// <summary>Whether batches are removed from it while others are driven; the space of what was removed stays with the database then.</summary>
    bool IsFreedBesideWork { get; }

    /// <summary>Opens it for writing, and makes it or brings it up to date where it has to be.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    IJournalWriter OpenWriter();

    /// <summary>
    /// Opens it for reading, also while another process writes it; one of an older version is brought up to date first.
    /// </summary>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    IJournalReader OpenReader();

    /// <summary>Opens it for finding results that can be reused.</summary>
    /// <param name="batch">The batch that looks for them; above every batch's number where there is none yet.</param>
    /// <param name="isFresh">Whether only this batch's own results count.</param>
    /// <param name="longestSolve">
    /// For how long its tasks may run before their solvers are interrupted (<see cref="Policies.TimeLimits.LongestSolve"/>):
    /// incumbents of other batches that were cut earlier do not count. Null for no limit: none of them counts.
    /// </param>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null);

    /// <summary>Opens it for finding tasks.</summary>
    /// <param name="batch">Whose service it is about.</param>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    ITaskIndex OpenTaskIndex(long batch);

    /// <summary>Opens it for reading what is in use of the services' accounts.</summary>
    /// <exception cref="JournalException">It cannot be read, is not this program's, or is newer than this program.</exception>
    IServiceBook OpenServiceBook();

    /// <summary>Opens who may use a server of this workspace, and what they did.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    IAccessBook OpenAccessBook();

    /// <summary>Opens the schedules of a server of this workspace.</summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    IScheduleBook OpenScheduleBook();

    /// <summary>
    /// Opens it for freeing it; for the one that has entered the intake (<see cref="EnterIntakeAsync"/>) while no batch is driven, or, where
    /// it <see cref="IsFreedBesideWork"/>, has the claim of what it frees.
    /// </summary>
    /// <exception cref="JournalException">It cannot be written, is not this program's, or is newer than this program.</exception>
    IJournalUpkeep OpenUpkeep();

    /// <summary>Opens the marks of a batch's runs whose expressions are being evaluated; for the one that has the batch's claim.</summary>
    /// <param name="batch">The batch.</param>
    /// <exception cref="JournalException">It cannot be written.</exception>
    IEvaluationMarks OpenMarks(BatchId batch);

    /// <summary>
    /// Waits for the right to choose a batch, open it and claim it, which one process of the workspace has at a time: so two
    /// processes that start together with one scenario never open a batch each. Disposing of the answer gives it up.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <exception cref="JournalException">The workspace cannot be written, or another process does not come to an end.</exception>
    Task<IDisposable> EnterIntakeAsync(TimeProvider time);

    /// <summary>
    /// Takes the claim of a batch and raises its epoch; null where another process has the claim (<see cref="HolderOf"/> says
    /// which).
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    IBatchClaim? TryClaim(BatchRecord batch, TimeProvider time);

    /// <summary>The process that has a batch's claim now; null where none has.</summary>
    ClaimHolder? HolderOf(BatchId batch);

    /// <summary>The batches that processes execute now.</summary>
    IReadOnlyList<(BatchId Batch, ClaimHolder Holder)> Claims();

    /// <summary>Asks the process that executes a batch to leave it.</summary>
    /// <param name="batch">The batch.</param>
    /// <exception cref="JournalException">The workspace cannot be written.</exception>
    void AskToLeave(BatchId batch);

    /// <summary>Removes what the claims of batches left behind that are no more.</summary>
    void ForgetClaims(IEnumerable<BatchId> batches);
}
