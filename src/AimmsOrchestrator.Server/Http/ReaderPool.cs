using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Server.Settings;
using Microsoft.Extensions.ObjectPool;

namespace AimmsOrchestrator.Server.Http;

/// <summary>What reads the journal for requests: opening it takes longer than most questions.</summary>
internal sealed class ReaderPool : IDisposable
{
    /// <summary>Readers that are kept open between requests; more requests at a time open more.</summary>
    private const int MostKept = 16;

    private readonly ObjectPool<IJournalReader> _journals;
    private readonly ObjectPool<IServiceBook> _accounts;

    public ReaderPool(ServerOptions options)
    {
        var pools = new DefaultObjectPoolProvider { MaximumRetained = MostKept };
        _journals = pools.Create(new Policy<IJournalReader>(options.Workspace.OpenReader));
        _accounts = pools.Create(new Policy<IServiceBook>(options.Workspace.OpenServiceBook));
    }

    /// <summary>A reader for one request, which gives it back by <see cref="Return"/>.</summary>
    public IJournalReader Rent() => _journals.Get();

    public void Return(IJournalReader reader) => _journals.Return(reader);

    /// <summary>Reads the journal.</summary>
    public T Read<T>(Func<IJournalReader, T> read) => Read(_journals, read);

    /// <summary>Reads the accounts.</summary>
    public T ReadAccounts<T>(Func<IServiceBook, T> read) => Read(_accounts, read);

    public void Dispose()
    {
        (_journals as IDisposable)?.Dispose();
        (_accounts as IDisposable)?.Dispose();
    }

    private static TResult Read<T, TResult>(ObjectPool<T> pool, Func<T, TResult> read)
        where T : class
    {
        var reader = pool.Get();
        try
        {
            return read(reader);
        }
        finally
        {
            pool.Return(reader);
        }
    }

    private sealed class Policy<T>(Func<T> open) : PooledObjectPolicy<T>
        where T : class
    {
        public override T Create() => open();

        public override bool Return(T obj) => true;
    }
}
