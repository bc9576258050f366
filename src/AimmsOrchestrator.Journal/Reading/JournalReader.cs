using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Journal.Sql;

namespace AimmsOrchestrator.Journal.Reading;

/// <summary>Reads the journal. One statement per call, so that each sees one moment; for one thread at a time.</summary>
internal sealed partial class JournalReader(Database database) : IJournalReader
{
    public void Dispose() => database.Dispose();
}
