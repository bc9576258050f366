using AimmsOrchestrator.Domain.Runs;

namespace AimmsOrchestrator.Journal.Reading;

internal sealed partial class JournalReader
{
    /// <inheritdoc />
    public IReadOnlyList<RunEvent> Events(long batch, long index) =>
        database.All(
            $"{EventRows.Select} WHERE s.batch = $1 AND s.run = $2 ORDER BY s.step",
            EventRows.Event,
            batch,
            index
        );

    /// <inheritdoc />
    public IReadOnlyDictionary<long, IReadOnlyList<RunEvent>> Unfinished(long batch) =>
        database
            .All(
                $"{EventRows.Select} JOIN runs AS r ON r.batch = s.batch AND r.run = s.run WHERE s.batch = $1 AND r.phase NOT IN ('completed', 'failed', 'cancelled') ORDER BY s.run, s.step",
                row => (Run: row.Whole("run"), Event: EventRows.Event(row)),
                batch
            )
            .GroupBy(s => s.Run, s => s.Event)
            .ToDictionary(g => g.Key, IReadOnlyList<RunEvent> (g) => [.. g]);
}
