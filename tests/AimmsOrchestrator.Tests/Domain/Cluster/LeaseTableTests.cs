using AimmsOrchestrator.Tests.Cluster;
using AimmsOrchestrator.Tests.Domain.Cluster.Suites;
using AimmsOrchestrator.Tests.Journal.PostgreSql;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Domain.Cluster;

[NeedsPostgreSql]
public sealed class PostgreSqlLeaseTableTests : LeaseTableSuite
{
    public PostgreSqlLeaseTableTests()
        : this(new PostgreSqlAdapter()) { }

    private PostgreSqlLeaseTableTests(PostgreSqlAdapter adapter)
        : base(adapter.Workspace.Leases, adapter.CloseAsync) { }
}

public sealed class SharedDatabaseLeaseTests() : LeaseTableSuite(new SharedDatabase(), () => Task.CompletedTask);
