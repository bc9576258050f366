using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>A journal under test, empty at first: what every adapter and every fake can do.</summary>
public interface IJournalAdapter
{
    IJournalWriter Writer { get; }

    IRunHistory History { get; }

    /// <summary>Claims a batch as another process would.</summary>
    /// <returns>The new epoch.</returns>
    long Claim(BatchRecord batch);

    /// <summary>Drives a batch until the answer is disposed of, as another process would.</summary>
    IDisposable Drive(BatchRecord batch);

    IServiceBook OpenServiceBook();

    IResultCache OpenResultCache(long batch, bool isFresh, TimeSpan? longestSolve = null);

    ITaskIndex OpenTaskIndex(long batch);

    /// <summary>Closes it, and removes what it has made.</summary>
    Task CloseAsync();
}

/// <summary>A journal that can be read in every role.</summary>
public interface IJournalReaderAdapter : IJournalAdapter
{
    IJournalReader Reader { get; }
}

/// <summary>A journal in a workspace that processes share.</summary>
public interface IWorkspaceAdapter : IJournalReaderAdapter
{
    IWorkspace Workspace { get; }

    /// <summary>The same workspace, as another process opens it.</summary>
    IWorkspace Other { get; }

    /// <summary>Runs a statement on the database.</summary>
    void Execute(string sql);

    /// <summary>Does something while no row of a table can be deleted: what deletes one stops there, as by a crash.</summary>
    void WithKeptRows(string table, Action action);
}
