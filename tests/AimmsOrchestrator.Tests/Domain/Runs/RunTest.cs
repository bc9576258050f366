using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Journal.Writing;

namespace AimmsOrchestrator.Tests.Domain.Runs;

/// <summary>Runs in every phase, and what the rules make of a fact.</summary>
public abstract class RunTest
{
    private protected static DateTimeOffset Now { get; } = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private protected static TaskId Task { get; } = new("7b1f0c52-0d3e-4a35-9a0c-5c0c2f4c9a10");
    private protected static RunRules Rules { get; } =
        new(
            new PollPolicy(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(5)),
            new RetryPolicy(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10))
        );

    private protected static RunDecision After(
        Run run,
        RunFact fact,
        double jitter = 0,
        RunRules? rules = null,
        double seconds = 0
    )
    {
        var moment = new RunMoment(Now.AddSeconds(seconds), jitter, TypicalDurations.Unknown);
        var decision = (rules ?? Rules).Integrate(run, fact, moment);
        AssertFolded(run, decision);
        return decision;
    }

    /// <summary>What the rules say the run is next has the row that its events leave in the journal.</summary>
    internal static void AssertFolded(Run before, RunDecision decision)
    {
        var folded = decision.Events.Aggregate(before, (run, happened) => run.Apply(happened));
        Assert.Equal(folded.EventCount, decision.Next.EventCount);
        Assert.Equal(
            RunRow.State(batch: 1, index: 0, folded, response: null),
            RunRow.State(batch: 1, index: 0, decision.Next, response: null)
        );
    }

    /// <summary>The run after the same fact again and again.</summary>
    /// <param name="run">The run before.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="seconds">When it comes, in seconds from now.</param>
    private protected static Run Again(Run run, RunFact fact, params double[] seconds) =>
        seconds.Aggregate(run, (r, s) => After(r, fact, seconds: s).Next);

    private protected static RunFact.StateAnswered Seen(TaskState state) => new(new TaskSnapshot(Task, state));

    /// <summary>A run whose task is seen failed, and has written nothing.</summary>
    private protected static RunDecision Failed(Run run, RunRules? rules = null) =>
        After(
            After(run, Seen(TaskState.Failed), rules: rules).Next,
            new RunFact.ResponseAnswered(new ServiceFault(FaultKind.Unknown, "404")),
            rules: rules
        );

    private protected static RunFact.StateAnswered Fault(FaultKind kind) => new(new ServiceFault(kind, $"{kind}"));

    private protected static RunFact.SubmitAnswered Refusal(FaultKind kind, int attempt = 1) =>
        new(attempt, new ServiceFault(kind, $"{kind}"));

    private protected static Run Submitting(int failures = 0)
    {
        var run = Run.New;
        for (var attempt = 1; attempt <= failures; attempt++)
        {
            var fault = new ServiceFault(FaultKind.Broken, "earlier");
            run = run.Apply(new SubmitIntended(attempt, Now))
                .Apply(new SubmitFailed(attempt, fault, CountsAsAttempt: true, Now));
        }

        return run.Apply(new SubmitIntended(failures + 1, Now));
    }

    private protected static Run AtService() => Submitting().Apply(new Submitted(1, Task, Now));

    private protected static Run Retrieving() =>
        AtService().Apply(new TaskCompleted(new TaskSnapshot(Task, TaskState.Completed), Now));

    private protected static ServiceFault Lost { get; } =
        new(FaultKind.Unreachable, "timed out") { MayHaveArrived = true };

    private protected static Run Unconfirmed(int failures = 0) =>
        Submitting(failures).Apply(new SubmitUnconfirmed(failures + 1, "timed out", CountsAsAttempt: true, Now));
}
