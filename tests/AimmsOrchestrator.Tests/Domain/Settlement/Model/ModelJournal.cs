using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>The journal of the modelled batch; it survives a death of the process.</summary>
internal sealed class ModelJournal(int runs)
{
    private readonly List<(int Run, RunEvent Event)> _events = [];

    /// <summary>The runs as the journal has them.</summary>
    public Run[] Runs { get; } = [.. Enumerable.Repeat(Run.FromEvents([]), runs)];

    public IReadOnlyList<(int Run, RunEvent Event)> Events => _events;

    public static RunReference Reference(int run) => new(Batch: 1, run);

    public void Append(int run, IEnumerable<RunEvent> events)
    {
        foreach (var happened in events)
        {
            _events.Add((run, happened));
            Runs[run] = Runs[run].Apply(happened);
        }
    }

    public JournalKnowledge Read(SettlementEffect.ReadJournal question)
    {
        var open = Enumerable
            .Range(0, Runs.Length)
            .Where(run => Runs[run].Phase.IsUnconfirmed())
            .Select(run => Claim(run, isAmbiguous: false));
        var ambiguous = _events
            .Where(entry => entry.Event is SubmitSettled { Verdict: SettlementVerdict.Ambiguous })
            .Select(entry => Claim(entry.Run, isAmbiguous: true));
        var tasks = Runs.Where(run => run.TaskId is not null && run.SubmittedAt > question.Since)
            .Select(run => new KnownTask(
                run.TaskId!.Value,
                run.Phase == RunPhase.AtService,
                run.IntendedAt!.Value,
                _events.Select(entry => entry.Event).OfType<Submitted>().SingleOrDefault(s => s.Task == run.TaskId)?.At
            ));
        var known = _events
            .Select(entry => (entry.Event as Submitted)?.Task ?? (entry.Event as SubmitSettled)?.Task)
            .OfType<TaskId>();
        return new JournalKnowledge([.. open, .. ambiguous], [.. tasks], question.Listed.Intersect(known).ToHashSet());
    }

    private OpenSubmit Claim(int run, bool isAmbiguous) =>
        new(Reference(run), Runs[run].IntendedAt!.Value, Runs[run].LostAt, isAmbiguous);
}
