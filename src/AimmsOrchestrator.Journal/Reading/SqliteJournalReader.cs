using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Sqlite;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>Reads the journal from SQLite. One statement per call, so that each sees one moment; for one thread at a time.</summary>
internal sealed partial class SqliteJournalReader(Database database) : IJournalReader
{
    public void Dispose() => database.Dispose();
}
