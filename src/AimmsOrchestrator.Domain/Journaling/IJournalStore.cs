namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>Opens a workspace's journal, in one role at a time.</summary>
public interface IJournalStore
{
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
}
