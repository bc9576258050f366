using AimmsOrchestrator.Domain.Journaling;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>A journal under test, empty at first: what every adapter and every fake can do.</summary>
public interface IJournalAdapter : IDisposable
{
    IJournalWriter Writer { get; }

    IRunHistory History { get; }

    /// <summary>Claims a batch as another process would.</summary>
    /// <returns>The new epoch.</returns>
    long Claim(BatchRecord batch);

    IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null);

    ITaskIndex OpenTaskIndex(long batch);
}

/// <summary>A journal that can be read in every role.</summary>
public interface IJournalReaderAdapter : IJournalAdapter
{
    IJournalReader Reader { get; }
}
