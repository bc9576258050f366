using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

[NeedsPostgreSql]
public sealed class PostgreSqlJournalWriterTests() : JournalWriterSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlRunHistoryTests() : RunHistorySuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlBatchCatalogTests() : BatchCatalogSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlRunReaderTests() : RunReaderSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlResponseStoreTests() : ResponseStoreSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlResultCacheTests() : ResultCacheSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlServiceBookTests() : ServiceBookSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlTaskIndexTests() : TaskIndexSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlScheduleBookTests() : ScheduleBookSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlAccessBookTests() : AccessBookSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlUpkeepTests() : UpkeepSuite(new PostgreSqlAdapter());

[NeedsPostgreSql]
public sealed class PostgreSqlClaimTests() : ClaimSuite(new PostgreSqlAdapter());
