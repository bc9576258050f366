using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Finds results in a journal in memory, and those of earlier batches that a test puts in.</summary>
internal sealed class FakeResultCache(MemoryJournal journal, long batch = 1, bool isFresh = false) : IResultCache
{
    /// <summary>Ends of earlier batches.</summary>
    public Dictionary<RunKey, CachedOutcome> Earlier { get; } = [];

    public CachedOutcome? Find(RunKey key, ExtractionKey reading) =>
        Completed(key, reading) ?? Failed(key) ?? Earlier.GetValueOrDefault(key);

    public bool Contains(RunKey key, ExtractionKey reading) =>
        Find(key, reading) is CachedOutcome.WithResponse or CachedOutcome.ResultsOnly;

    public void Dispose() { }

    private CachedOutcome? Completed(RunKey key, ExtractionKey reading) =>
        RunsOf(key)
            .Where(entry => entry.After.Phase == RunPhase.Completed && (!isFresh || entry.Batch >= batch))
            .Where(entry => entry.After.Reading is null || entry.After.Reading == reading)
            .OrderBy(entry => entry.After.Reading is not null)
            .ThenByDescending(entry => entry.Batch)
            .ThenBy(entry => entry.Planned.Index)
            .Select(entry => OutcomeOf(entry))
            .FirstOrDefault();

    private CachedOutcome.Failed? Failed(RunKey key) =>
        RunsOf(key)
            .Where(entry => entry.After.Phase == RunPhase.Failed && entry.Batch == batch)
            .OrderBy(entry => entry.Planned.Index)
            .Select(entry => new CachedOutcome.Failed(SourceOf(entry), entry.After.Error!))
            .FirstOrDefault();

    private CachedOutcome OutcomeOf(RunEventEntry entry) =>
        entry.After.Reading is { } reading
            ? new CachedOutcome.ResultsOnly(SourceOf(entry), entry.After.Task!, entry.After.Results!, reading)
            : new CachedOutcome.WithResponse(SourceOf(entry), entry.After.Task!, ResponseOf(entry.Event));

    private TaskResponse? ResponseOf(RunEvent end) =>
        end switch
        {
            RunCompleted e => e.Response,
            RunReused e => ResponseOf(journal.Latest().First(entry => SourceOf(entry) == e.Source).Event),
            _ => null,
        };

    private IEnumerable<RunEventEntry> RunsOf(RunKey key) => journal.Latest().Where(entry => entry.Planned.Key == key);

    private static RunReference SourceOf(RunEventEntry entry) => new(entry.Batch, entry.Planned.Index);
}
