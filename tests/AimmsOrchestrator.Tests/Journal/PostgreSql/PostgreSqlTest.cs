using AimmsOrchestrator.Tests.Journal.Suites;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>What holds of a PostgreSQL database alone.</summary>
public abstract class PostgreSqlTest : JournalSuite
{
    private protected PostgreSqlTest()
        : this(new PostgreSqlAdapter()) { }

    private PostgreSqlTest(PostgreSqlAdapter adapter)
        : base(adapter) => Adapter = adapter;

    private protected PostgreSqlAdapter Adapter { get; }
}
