using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Finds results in a journal in memory, and those of earlier batches that a test puts in.</summary>
internal sealed class FakeResultCache(
    MemoryJournal journal,
    long batch = 1,
    bool isFresh = false,
    TimeSpan? longestSolve = null
) : IResultCache
{
    /// <summary>Ends of earlier batches.</summary>
    public Dictionary<RunKey, CachedOutcome> Earlier { get; } = [];

    /// <summary>Called before a result is looked for; can be made to throw, as a bug would.</summary>
    public Action<RunKey> OnFind { get; set; } = _ => { };

    public CachedOutcome? Find(RunKey key, ExtractionKey extraction, DateTimeOffset? askedAgainAt = null)
    {
        OnFind(key);
        return Answers(key, extraction)
                .Where(IsLongEnough)
                .Where(entry => entry.After.Phase == RunPhase.Completed || !(entry.After.EndedAt < askedAgainAt))
                .Select(OutcomeOf)
                .FirstOrDefault()
            ?? Failed(key)
            ?? Earlier.GetValueOrDefault(key);
    }

    public bool Contains(RunKey key, ExtractionKey extraction) =>
        Find(key, extraction) is CachedOutcome.WithResponse or CachedOutcome.ResultsOnly;

    public RefusedIncumbent? FindRefused(RunKey key, ExtractionKey extraction) =>
        Answers(key, extraction)
            .Where(entry => !IsLongEnough(entry))
            .OrderByDescending(entry => entry.After.CutAfter)
            .Select(entry => new RefusedIncumbent(entry.After.CutAfter))
            .FirstOrDefault();

    public void Dispose() { }

    private IOrderedEnumerable<RunEventEntry> Answers(RunKey key, ExtractionKey extraction) =>
        RunsOf(key)
            .Where(entry => !isFresh || entry.Batch >= batch)
            .Where(entry =>
                entry.After.Phase == RunPhase.Completed
                    ? entry.After.Extraction is { } own
                        ? own == extraction
                        : ResponseOf(entry.Event) is not null
                    : IsNotSuccess(entry)
                        && (ResponseOf(entry.Event) is not null || entry.After.Extraction == extraction)
            )
            .OrderBy(entry => entry.After.Extraction is not null)
            .ThenByDescending(entry => entry.Batch)
            .ThenBy(entry => entry.Planned.Index);

    private bool IsLongEnough(RunEventEntry entry) =>
        !entry.After.IsIncumbent || entry.Batch == batch || entry.After.CutAfter >= longestSolve;

    private CachedOutcome.Failed? Failed(RunKey key) =>
        RunsOf(key)
            .Where(entry => entry.After.Phase == RunPhase.Failed && entry.Batch == batch)
            .Where(entry => !IsNotSuccess(entry) || (ResponseOf(entry.Event) is null && entry.After.Extraction is null))
            .OrderBy(entry => entry.Planned.Index)
            .Select(entry => new CachedOutcome.Failed(SourceOf(entry), entry.After.Error!))
            .FirstOrDefault();

    private static bool IsNotSuccess(RunEventEntry entry) => entry.After.Error?.Kind == RunErrorKind.NotSuccess;

    private CachedOutcome OutcomeOf(RunEventEntry entry)
    {
        CachedOutcome outcome = entry.After.Extraction is { } extraction
            ? new CachedOutcome.ResultsOnly(SourceOf(entry), entry.After.Task!, entry.After.Results!, extraction)
            : new CachedOutcome.WithResponse(SourceOf(entry), entry.After.Task!, ResponseOf(entry.Event));
        return outcome with { IsIncumbent = entry.After.IsIncumbent, CutAfter = entry.After.CutAfter };
    }

    private TaskResponse? ResponseOf(RunEvent end) =>
        end switch
        {
            RunCompleted e => e.Response,
            RunFailed e => e.Response,
            RunReused e => ResponseOf(journal.Latest().First(entry => SourceOf(entry) == e.Source).Event),
            _ => null,
        };

    private IEnumerable<RunEventEntry> RunsOf(RunKey key) => journal.Latest().Where(entry => entry.Planned.Key == key);

    private static RunReference SourceOf(RunEventEntry entry) => new(entry.Batch, entry.Planned.Index);
}
