using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Finds ends in a journal in memory, and those of earlier batches that a test puts in.</summary>
internal sealed class FakeAnswerBook(List<JournalEntry> entries) : IAnswerBook
{
    /// <summary>Ends of earlier batches.</summary>
    public Dictionary<RunKey, EarlierEnd> Earlier { get; } = [];

    public EarlierEnd? Find(RunKey key, ReadingKey reading)
    {
        var runs = entries.OfType<RunStep>().Where(step => step.Run.Key == key).GroupBy(step => step.Run.Index);
        return runs.Select(run => EndOf([.. run], reading)).FirstOrDefault(end => end is not null)
            ?? Earlier.GetValueOrDefault(key);
    }

    public bool HasAnswer(RunKey key, ReadingKey reading) =>
        Find(key, reading) is EarlierEnd.Answered or EarlierEnd.Read;

    private static EarlierEnd? EndOf(List<RunStep> steps, ReadingKey reading)
    {
        var source = new RunReference(1, steps[0].Run.Index);
        return steps[^1].Event switch
        {
            RunCompleted { Reading: null } completed => new EarlierEnd.Answered(
                source,
                Task(steps),
                completed.Response
            ),
            RunCompleted { Reading: { } read } completed when read == reading => new EarlierEnd.Read(
                source,
                Task(steps),
                completed.Results,
                read
            ),
            RunFailed failed => new EarlierEnd.Failed(source, failed.Error),
            _ => null,
        };
    }

    private static TaskSnapshot Task(List<RunStep> steps) =>
        steps.Select(step => step.Event).OfType<TaskCompleted>().Last().Task;

    public void Dispose() { }
}
