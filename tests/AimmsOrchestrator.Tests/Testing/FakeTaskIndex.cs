using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Clocks;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Testing;

/// <summary>Finds tasks in a journal in memory.</summary>
internal sealed class FakeTaskIndex(MemoryJournal journal, long batch = 1) : ITaskIndex
{
    /// <summary>POSTs of other batches.</summary>
    public List<OpenSubmit> Others { get; } = [];

    public bool Knows(TaskId task) =>
        journal
            .Events()
            .Any(entry =>
                entry.Event is Submitted s && s.Task == task || entry.Event is SubmitSettled a && a.Task == task
            );

    public IReadOnlyList<OpenSubmit> OpenSubmits()
    {
        var open =
            from run in journal.Latest()
            where IsSameService(run) && run.After.Phase.IsUnconfirmed()
            select new OpenSubmit(SourceOf(run), run.After.IntendedAt!.Value, run.After.LostAt, IsAmbiguous: false);
        var ambiguous =
            from entry in journal.Events()
            from settled in new[] { entry.Event }.OfType<SubmitSettled>()
            where settled.Verdict == SettlementVerdict.Ambiguous && IsSameService(entry)
            select new OpenSubmit(
                SourceOf(entry),
                EventsOf<SubmitIntended>(entry).Single(intended => intended.Attempt == settled.Attempt).At,
                EventsOf<SubmitUnconfirmed>(entry).SingleOrDefault(lost => lost.Attempt == settled.Attempt)?.At
                    ?? settled.At,
                IsAmbiguous: true
            );
        return [.. open, .. ambiguous, .. Others];
    }

    public IReadOnlyList<KnownTask> TasksSince(DateTimeOffset moment) =>
        [
            .. from entry in journal.Latest()
            let run = entry.After
            where
                entry.Batch == batch
                && run is { TaskId: not null, CopiedFrom: null }
                && run.Phase is RunPhase.AtService or RunPhase.Retrieving or RunPhase.Completed
                && run.IntendedAt > moment
                && !journal.Entries.Contains(new TaskDeleted(batch, entry.Planned.Index) { Epoch = entry.Epoch })
            select new KnownTask(
                run.TaskId!.Value,
                run.Phase == RunPhase.AtService,
                run.IntendedAt!.Value,
                EventsOf<Submitted>(entry).SingleOrDefault(submitted => submitted.Attempt == run.Attempts)?.At
            ),
        ];

    public IReadOnlyList<ClockSample> ClockSamples() =>
        [
            .. from entry in journal.Latest()
            let run = entry.After
            where entry.Batch == batch && run is { Task.CreatedAt: not null, CopiedFrom: null }
            let answered = EventsOf<Submitted>(entry).SingleOrDefault(submitted => submitted.Attempt == run.Attempts)
            where answered is not null
            select new ClockSample(run.IntendedAt!.Value, answered.At, run.Task!.CreatedAt!.Value),
        ];

    public void Dispose() { }

    private bool IsSameService(RunEventEntry entry) => journal.ServiceOf(entry.Batch) == journal.ServiceOf(batch);

    private IEnumerable<T> EventsOf<T>(RunEventEntry run) =>
        journal.Events().Where(entry => SourceOf(entry) == SourceOf(run)).Select(entry => entry.Event).OfType<T>();

    private static RunReference SourceOf(RunEventEntry entry) => new(entry.Batch, entry.Planned.Index);
}
