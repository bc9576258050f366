using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>The fakes that the engine is tested with.</summary>
public sealed class MemoryAdapter : IJournalAdapter, IDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly HashSet<long> _driven = [];

    public IJournalWriter Writer => _journal;

    public IRunHistory History => _journal;

    public long Claim(BatchRecord batch) => _journal.Claim(batch.Number);

    public IDisposable Drive(BatchRecord batch)
    {
        _journal.Claim(batch.Number);
        _driven.Add(batch.Number);
        return new Driver(() => _driven.Remove(batch.Number));
    }

    public IServiceBook OpenServiceBook() => new FakeServiceBook(_journal, _driven);

    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        new FakeResultCache(_journal, batch, isFresh, longestSolve);

    public ITaskIndex OpenTaskIndex(long batch) => new FakeTaskIndex(_journal, batch);

    public Task CloseAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _journal.Dispose();

    private sealed class Driver(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
