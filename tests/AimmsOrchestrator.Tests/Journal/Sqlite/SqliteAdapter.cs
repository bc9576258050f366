using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Tests.Journal.Suites;
using Microsoft.Data.Sqlite;

namespace AimmsOrchestrator.Tests.Journal.Sqlite;

/// <summary>A workspace of its own.</summary>
public sealed class SqliteAdapter : IWorkspaceAdapter
{
    public SqliteAdapter()
    {
        Workspace = SqliteWorkspace.OpenOrCreate(Directory.CreateTempSubdirectory("journal-").FullName);
        Writer = Workspace.OpenWriter();
        Reader = Workspace.OpenReader();
    }

    public SqliteWorkspace Workspace { get; }

    IWorkspace IWorkspaceAdapter.Workspace => Workspace;

    public IWorkspace Other => SqliteWorkspace.OpenExisting(Workspace.Folder);

    public IJournalWriter Writer { get; }

    public IJournalReader Reader { get; }

    public IRunHistory History => Reader;

    public long Claim(BatchRecord batch)
    {
        using var claim = Workspace.TryClaim(batch, TimeProvider.System);
        return claim!.Epoch;
    }

    public IDisposable Drive(BatchRecord batch) => Workspace.TryClaim(batch, TimeProvider.System)!;

    public IServiceBook OpenServiceBook() => Workspace.OpenServiceBook();

    public IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null) =>
        Workspace.OpenResultCache(batch, isFresh, longestSolve);

    public ITaskIndex OpenTaskIndex(long batch) => Workspace.OpenTaskIndex(batch);

    public void Execute(string sql)
    {
        var file = Path.Combine(Workspace.Folder, "batches.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void WithKeptRows(string table, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Execute($"CREATE TRIGGER kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'kept'); END");
        action();
        Execute("DROP TRIGGER kept");
    }

    public Task CloseAsync()
    {
        Reader.Dispose();
        Writer.Dispose();
        Directory.Delete(Workspace.Folder, recursive: true);
        return Task.CompletedTask;
    }
}
