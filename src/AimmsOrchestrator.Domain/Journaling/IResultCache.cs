using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>Results of earlier runs, by run key. For one thread at a time.</summary>
public interface IResultCache : IDisposable
{
    /// <summary>
    /// The outcome of the latest completed run of this key, in any batch that counts; else the failure of one of this very
    /// batch; null where there is neither. Of a run without a response, the results count where this extraction made them; a
    /// run with a response comes first.
    /// </summary>
    /// <param name="key">What the run asks.</param>
    /// <param name="reading">How the results are to be extracted.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    CachedOutcome? Find(RunKey key, ExtractionKey reading);

    /// <summary>Whether there is a completed run of this key whose results can be extracted, or were extracted, in this way.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    bool Contains(RunKey key, ExtractionKey reading);
}
