using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Domain.Journaling;

/// <summary>What the journal has of questions that were asked before. For one thread at a time.</summary>
public interface IResultCache : IDisposable
{
    /// <summary>
    /// How the latest run of this key ended that has an answer, in any batch that may be looked into; else how one of this
    /// very batch failed; null where neither is. An answer of which only the figures were kept counts where they were taken
    /// in this way.
    /// </summary>
    /// <param name="key">The question.</param>
    /// <param name="reading">How the figures are to be taken.</param>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    CachedOutcome? Find(RunKey key, ExtractionKey reading);

    /// <summary>Whether there is an answer to a question from which figures can be taken in this way.</summary>
    /// <exception cref="JournalException">The workspace's database cannot be read.</exception>
    bool Contains(RunKey key, ExtractionKey reading);
}
