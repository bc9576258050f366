using AimmsOrchestrator.Tests.Journal.Suites;

namespace AimmsOrchestrator.Tests.Journal.Sqlite;

public sealed class SqliteJournalWriterTests() : JournalWriterSuite(new SqliteAdapter());

public sealed class SqliteRunHistoryTests() : RunHistorySuite(new SqliteAdapter());

public sealed class SqliteBatchCatalogTests() : BatchCatalogSuite(new SqliteAdapter());

public sealed class SqliteRunReaderTests() : RunReaderSuite(new SqliteAdapter());

public sealed class SqliteResponseStoreTests() : ResponseStoreSuite(new SqliteAdapter());

public sealed class SqliteResultCacheTests() : ResultCacheSuite(new SqliteAdapter());

public sealed class SqliteServiceBookTests() : ServiceBookSuite(new SqliteAdapter());

public sealed class SqliteTaskIndexTests() : TaskIndexSuite(new SqliteAdapter());

public sealed class SqliteScheduleBookTests() : ScheduleBookSuite(new SqliteAdapter());

public sealed class SqliteAccessBookTests() : AccessBookSuite(new SqliteAdapter());

public sealed class SqliteUpkeepTests() : UpkeepSuite(new SqliteAdapter());

public sealed class SqliteClaimTests() : ClaimSuite(new SqliteAdapter());
