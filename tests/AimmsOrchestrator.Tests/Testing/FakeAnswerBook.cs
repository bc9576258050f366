using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Finds ends in a journal in memory, and those of earlier batches that a test puts in.</summary>
internal sealed class FakeAnswerBook(List<JournalEntry> entries) : IAnswerBook
{
    /// <summary>Ends of earlier batches.</summary>
    public Dictionary<RunKey, EarlierEnd> Earlier { get; } = [];

    public EarlierEnd? Find(RunKey key)
    {
        var steps = entries.OfType<RunStep>().Where(step => step.Run.Key == key).ToList();
        var first = steps.Count > 0 ? steps[0].Run.Index : 0;
        var source = new RunReference(1, first);
        steps.RemoveAll(step => step.Run.Index != first);
        return steps.Select(step => step.Event).LastOrDefault() switch
        {
            RunCompleted completed => new EarlierEnd.Answered(
                source,
                steps.Select(step => step.Event).OfType<TaskCompleted>().Last().Task,
                completed.Response
            ),
            RunFailed failed => new EarlierEnd.Failed(source, failed.Error),
            _ => Earlier.GetValueOrDefault(key),
        };
    }

    public bool HasAnswer(RunKey key) => Find(key) is EarlierEnd.Answered;

    public void Dispose() { }
}
