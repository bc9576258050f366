using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>Results of earlier runs, by run key. For one thread at a time.</summary>
public interface IResultCache : IDisposable
{
    /// <summary>
    /// The outcome of the latest run of this key whose task completed, in any batch that counts, also where that is no
    /// success; else the failure of one of this very batch; null where there is neither. Of a run without a response, the
    /// results count where this extraction made them; a run with a response comes first. An incumbent of another batch counts
    /// where its solver was let run for at least as long as one of this batch may run.
    /// </summary>
    /// <param name="key">What the run asks.</param>
    /// <param name="extraction">How the results are to be extracted.</param>
    /// <param name="askedAgainAt">From when on an answer that is no success counts; null for any.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    CachedOutcome? Find(RunKey key, ExtractionKey extraction, DateTimeOffset? askedAgainAt = null);

    /// <summary>
    /// Whether there is a run of this key with an answer that counts, and whose results can be extracted, or were extracted,
    /// in this way.
    /// </summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    bool Contains(RunKey key, ExtractionKey extraction);

    /// <summary>The answer of this key that does not count since it is an incumbent, the best of them; null where there is none.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    RefusedIncumbent? FindRefused(RunKey key, ExtractionKey extraction);
}

/// <summary>An incumbent of an earlier batch that does not answer a question, since its solver was let run for less time.</summary>
/// <param name="CutAfter">For how long it was let run; null where the version that cut it did not write that down.</param>
public sealed record RefusedIncumbent(TimeSpan? CutAfter);
