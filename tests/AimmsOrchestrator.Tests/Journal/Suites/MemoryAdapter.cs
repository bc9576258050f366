using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>The fakes that the engine is tested with.</summary>
public sealed class MemoryAdapter : IJournalAdapter
{
    private readonly MemoryJournal _journal = new();

    public IJournalWriter Writer => _journal;

    public IRunHistory History => _journal;

    public long Claim(BatchRecord batch) => _journal.Claim(batch.Number);

    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        new FakeResultCache(_journal, batch, isFresh, longestSolve);

    public ITaskIndex OpenTaskIndex(long batch) => new FakeTaskIndex(_journal, batch);

    public void Dispose() { }
}
