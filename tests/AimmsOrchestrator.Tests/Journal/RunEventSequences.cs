using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Journal;

/// <summary>Lives of a run, event by event, as the rules let them happen; numbers choose among what may come next.</summary>
internal sealed class RunEventSequences
{
    private static readonly RunError Error = new(RunErrorKind.TaskFailed, "infeasible");
    private readonly DateTimeOffset _start = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private int _choice;
    private DateTimeOffset _at;

    public IReadOnlyList<RunEvent> Of(IEnumerable<int> choices)
    {
        var run = Run.New;
        var events = new List<RunEvent>();
        foreach (var choice in choices)
        {
            _choice = choice;
            _at = _start.AddSeconds(events.Count);
            if (Next(run) is { } happened)
            {
                events.Add(happened);
                run = run.Apply(happened);
            }
        }

        return events;
    }

    private static RunResults Results(bool isSuccess = true) => new("""{"cost":1.5}""", "open: undefined", isSuccess);

    private RunEvent? Next(Run run) =>
        run.Phase switch
        {
            RunPhase.Pending => Pick(
                new SubmitIntended(run.Attempts + 1, _at),
                new SubmitIntended(run.Attempts + 1, _at),
                new RunReused(new RunReference(1, 0), Ended(TaskState.Completed), Results(), _at)
                {
                    Extraction = Key(),
                },
                new RunFailed(Error, _at),
                new RunFailed(Error, _at) { Task = Ended(TaskState.Completed), Results = Results(isSuccess: false) },
                new RunCancelled("cancelled", _at)
            ),
            RunPhase.Submitting => Pick(
                new Submitted(run.Attempts, new TaskId($"task-{run.Attempts}"), _at),
                new Submitted(run.Attempts, new TaskId($"task-{run.Attempts}"), _at),
                new SubmitFailed(
                    run.Attempts,
                    new ServiceFault(FaultKind.Overloaded, "429"),
                    CountsAsAttempt: true,
                    _at
                ),
                new SubmitUnconfirmed(run.Attempts, "lost", CountsAsAttempt: true, _at),
                new RunFailed(Error, _at),
                new RunCancelled("cancelled", _at)
            ),
            RunPhase.Unconfirmed => Pick(
                new SubmitSettled(run.Attempts, SettlementVerdict.Adopted, new TaskId("adopted"), "listed", _at),
                new SubmitSettled(run.Attempts, SettlementVerdict.SentAgain, Task: null, "not listed", _at),
                new SubmitSettled(run.Attempts, SettlementVerdict.Ambiguous, Task: null, "two are listed", _at),
                new RunCancelled("cancelled", _at)
            ),
            RunPhase.AtService => Pick(
                new TaskSeen(TaskState.Running, _at),
                new TaskInterrupted(Interrupt.Solve, "it took too long", _at),
                new TaskCompleted(Ended(TaskState.Completed), _at),
                new TaskCompleted(Ended(TaskState.Completed), _at),
                new TaskFailed(Ended(TaskState.Failed), _at),
                new TaskForgotten("404", CountsAsAttempt: true, _at),
                new AttemptFailed(Error, Ended(TaskState.Failed), _at),
                new RunFailed(Error, _at) { Task = Ended(TaskState.Failed) },
                new RunFailed(new RunError(RunErrorKind.TimedOut, "too long"), _at),
                new RunCancelled("cancelled", _at)
            ),
            RunPhase.Retrieving => Pick(
                new RunCompleted(Response: null, Results(), _at) { IsIncumbent = run.Interrupted is not null },
                new RunCompleted(Response: null, Results(), _at) { Extraction = Key() },
                new AttemptFailed(Error, Ended(TaskState.Completed), _at),
                new TaskForgotten("404", CountsAsAttempt: false, _at),
                new RunFailed(Error, _at) { Results = Results(isSuccess: false) },
                new RunCancelled("cancelled", _at)
            ),
            RunPhase.Failed or RunPhase.Cancelled => new RunReopened(_at),
            _ => null,
        };

    private static ExtractionKey Key() => new(FakeRuns.Key(3).Hex);

    private RunEvent Pick(params ReadOnlySpan<RunEvent> possible) => possible[_choice % possible.Length];

    private TaskSnapshot Ended(TaskState state) =>
        new(new TaskId($"task-{_choice}"), state)
        {
            QueueTime = TimeSpan.FromSeconds(_choice % 7),
            RunTime = TimeSpan.FromSeconds(1.25),
            ReturnCode = _choice % 2,
        };
}
