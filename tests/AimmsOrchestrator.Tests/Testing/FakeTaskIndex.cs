using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Looks tasks up in a journal in memory.</summary>
internal sealed class FakeTaskIndex(List<JournalEntry> entries) : ITaskIndex
{
    /// <summary>POSTs of other batches.</summary>
    public List<OpenSubmit> Others { get; } = [];

    public bool Knows(TaskId task) =>
        Steps().Any(step => step is Submitted s && s.Task == task || step is SubmitSettled a && a.Task == task);

    public IReadOnlyList<OpenSubmit> OpenSubmits()
    {
        var own =
            from run in Runs()
            let state = Run.FromEvents(run.Select(step => step.Event))
            let last = run.Select(step => step.Event).OfType<SubmitSettled>().LastOrDefault()
            let isAmbiguous = last?.Verdict == SettlementVerdict.Ambiguous && !state.Phase.IsUnconfirmed()
            where state.Phase.IsUnconfirmed() || isAmbiguous
            select new OpenSubmit(
                new RunReference(1, run.Key),
                run.Select(step => step.Event).OfType<SubmitIntended>().Last().At,
                run.Select(step => step.Event).OfType<SubmitUnconfirmed>().LastOrDefault()?.At,
                isAmbiguous
            );
        return [.. own, .. Others];
    }

    public IReadOnlyList<KnownTask> TasksSince(DateTimeOffset moment) =>
        [
            .. from run in Runs()
            let state = Run.FromEvents(run.Select(step => step.Event))
            let task = state.TaskId
            where task is not null && state.SubmittedAt > moment
            select new KnownTask(task.Value, state.Phase == RunPhase.AtService),
        ];

    public void Dispose() { }

    private IEnumerable<RunEvent> Steps() => entries.OfType<RunEventEntry>().Select(step => step.Event);

    private IEnumerable<IGrouping<long, RunEventEntry>> Runs() =>
        entries.OfType<RunEventEntry>().GroupBy(step => step.Run.Index);
}
