using AimmsOrchestrator.Tests.Journal.Suites;

namespace AimmsOrchestrator.Tests.Journal;

public sealed class MemoryJournalWriterTests() : JournalWriterSuite(new MemoryAdapter());

public sealed class MemoryRunHistoryTests() : RunHistorySuite(new MemoryAdapter());

public sealed class FakeResultCacheTests() : ResultCacheSuite(new MemoryAdapter());

public sealed class FakeServiceBookTests() : ServiceBookSuite(new MemoryAdapter());

public sealed class FakeTaskIndexTests() : TaskIndexSuite(new MemoryAdapter());
