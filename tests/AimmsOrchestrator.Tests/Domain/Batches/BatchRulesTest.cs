using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Domain.Batches;

/// <summary>A batch without actors: facts go in, and the test keeps the batch and the effects.</summary>
public abstract class BatchRulesTest
{
    private BatchRules? _rules;

    private protected static DateTimeOffset Begin { get; } = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    private protected BatchPlan Plan { get; set; } =
        new()
        {
            Runs = new FakeRuns(10),
            Results = new FakeResults(),
            Limits = new Limits { MaxUnfinishedTasks = 4 },
        };

    private protected ExecutionStart Start { get; set; } = new(Begin);

    private protected Batch Batch { get; private set; } = new();

    /// <summary>The effects since <see cref="Begins"/>, in order.</summary>
    private protected List<BatchEffect> Effects { get; } = [];

    private BatchRules Rules => _rules ??= new BatchRules(Plan, Start);

    private protected static StopTime At(int minute) =>
        new(new TimeOnly(18, minute), TimeZoneInfo.Utc, StopTime.DefaultLead);

    /// <summary>A fact comes in; the runs that the batch takes are the source's, in order.</summary>
    /// <returns>The effects of this fact alone.</returns>
    private protected List<BatchEffect> After(BatchFact fact, double minutes = 0)
    {
        var decision = Rules.Integrate(Batch, fact, Begin.AddMinutes(minutes));
        Batch = decision.Next;
        Effects.AddRange(decision.Effects);
        return [.. decision.Effects];
    }

    private protected List<BatchEffect> Begins()
    {
        Batch = Rules.Start;
        return After(new BatchFact.Started());
    }

    /// <summary>A slot is granted, and the batch takes a run for it.</summary>
    private protected List<BatchEffect> Admit(long permit, Run? run = null)
    {
        After(new BatchFact.SlotGranted(new PermitId(permit)));
        var next = new NextRun(FakeRuns.Run(permit - 1), run ?? Run.New, HasBegun: run is not null);
        return After(
            new BatchFact.RunTaken(new PermitId(permit), next, new CacheKey(next.Planned.Key!.Value, default))
        );
    }

    /// <summary>A run ends, and its actor stops.</summary>
    private protected List<BatchEffect> End(
        long permit,
        RunPhase phase = RunPhase.Completed,
        string? enough = null,
        double minutes = 0
    )
    {
        var effects = After(new BatchFact.RunEnded(new PermitId(permit), phase, enough), minutes);
        effects.AddRange(After(new BatchFact.RunStopped(new PermitId(permit)), minutes));
        return effects;
    }

    /// <summary>Runs are admitted and end, one after the other.</summary>
    private protected void Pass(int runs, RunPhase phase)
    {
        for (var i = 0; i < runs; i++)
        {
            var permit = Batch.SlotRequests.Min(request => request.Value);
            Admit(permit);
            End(permit, phase);
        }
    }
}
