using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Finds ends in a journal in memory, and those of earlier batches that a test puts in.</summary>
internal sealed class FakeResultCache(List<JournalEntry> entries) : IResultCache
{
    /// <summary>Ends of earlier batches.</summary>
    public Dictionary<RunKey, CachedOutcome> Earlier { get; } = [];

    public CachedOutcome? Find(RunKey key, ExtractionKey reading)
    {
        var runs = entries.OfType<RunEventEntry>().Where(step => step.Run.Key == key).GroupBy(step => step.Run.Index);
        return runs.Select(run => EndOf([.. run], reading)).FirstOrDefault(end => end is not null)
            ?? Earlier.GetValueOrDefault(key);
    }

    public bool Contains(RunKey key, ExtractionKey reading) =>
        Find(key, reading) is CachedOutcome.WithResponse or CachedOutcome.ResultsOnly;

    private static CachedOutcome? EndOf(List<RunEventEntry> steps, ExtractionKey reading)
    {
        var source = new RunReference(1, steps[0].Run.Index);
        return steps[^1].Event switch
        {
            RunCompleted { Reading: null } completed => new CachedOutcome.WithResponse(
                source,
                Task(steps),
                completed.Response
            ),
            RunCompleted { Reading: { } read } completed when read == reading => new CachedOutcome.ResultsOnly(
                source,
                Task(steps),
                completed.Results,
                read
            ),
            RunFailed failed => new CachedOutcome.Failed(source, failed.Error),
            _ => null,
        };
    }

    private static TaskSnapshot Task(List<RunEventEntry> steps) =>
        steps.Select(step => step.Event).OfType<TaskCompleted>().Last().Task;

    public void Dispose() { }
}
