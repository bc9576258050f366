using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal;
using AimmsOrchestrator.Tests.Journal.Sqlite;
using AimmsOrchestrator.Tests.Journal.Suites;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>A workspace of its own, for what only SQLite does.</summary>
public abstract class JournalTest : JournalSuite
{
    private readonly SqliteAdapter _adapter;

    protected JournalTest()
        : this(new SqliteAdapter()) { }

    private JournalTest(SqliteAdapter adapter)
        : base(adapter) => _adapter = adapter;

    protected SqliteWorkspace Workspace => _adapter.Workspace;

    protected IJournalReader Reader => _adapter.Reader;

    protected string Folder => Workspace.Folder;

    protected string Database => Path.Combine(Folder, "batches.db");
}
