using AimmsOrchestrator.Domain.Batches.Rules;
using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Domain.Runs;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>
/// One process that drives the modelled batch: the real rules of a run, the real settlement, the real ledger of permits, and in
/// place of the actors facts that are ready, one after another.
/// </summary>
/// <param name="host">What surrounds it.</param>
/// <param name="world">The service.</param>
/// <param name="journal">What is on disk.</param>
/// <param name="limits">The batch's limits.</param>
/// <param name="policy">How lost answers are settled.</param>
/// <param name="clock">How far its machine's clock is ahead.</param>
internal sealed class ModelDriver(
    IModelHost host,
    World world,
    ModelJournal journal,
    Limits limits,
    SettlementPolicy policy,
    TimeSpan clock
)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TaskTarget Target = new("solve");

    private readonly RunRules _rules = new(PollPolicy.Every(Second), RetryPolicy.Default with { Settlement = policy });

    private readonly PermitLedger _ledger = new(limits);
    private readonly Dictionary<int, int> _waiting = [];
    private readonly Run[] _memory = [.. journal.Runs];
    private SettlementState _settlement = new(policy, world.Now + clock);
    private int _pollTimer;

    /// <summary>What may happen next in it, in any order.</summary>
    public List<Action> Steps { get; } = [];

    /// <summary>What happens in it later.</summary>
    public ModelTimers Timers { get; } = new();

    /// <summary>Whether it does nothing more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Its machine's clock.</summary>
    private DateTimeOffset Now => world.Now + clock;

    /// <summary>Reads the runs from disk; those with an unknown fate come first.</summary>
    public void Begin()
    {
        var unfinished = _memory
            .Select((run, index) => KeyValuePair.Create((long)index, run))
            .Where(pair => !pair.Value.Phase.IsEnded())
            .ToList();
        foreach (var run in ResumeOrder.First(unfinished).Concat(unfinished).Select(pair => pair.Key).Distinct())
        {
            _ledger.Acquire(Permit((int)run), PermitKind.Slot);
        }

        GrantAll();
    }

    /// <summary>The process is dead, or has left the batch.</summary>
    public void Stop()
    {
        IsOver = true;
        Steps.Clear();
        Timers.Clear();
    }

    /// <summary>A fact is ready.</summary>
    public void Ready(int run, RunFact fact) => Steps.Add(() => Take(run, fact));

    /// <summary>Something happens in it after a while.</summary>
    public void After(TimeSpan wait, Action action) =>
        Timers.Add(
            world.Now,
            wait,
            () =>
            {
                if (!IsOver)
                {
                    action();
                }
            }
        );

    private static PermitId Permit(int run) => new(run + 1);

    private void Take(int run, RunFact fact)
    {
        var decision = _rules.Integrate(_memory[run], fact, new RunMoment(Now, Jitter: 0, TypicalDurations.Unknown));
        if (decision.Events.Count > 0)
        {
            RunTest.AssertFolded(_memory[run], decision);
            host.Commit(this, run, decision.Events, () => Continue(run, decision));
        }
        else
        {
            Continue(run, decision);
        }
    }

    private void Continue(int run, RunDecision decision)
    {
        _memory[run] = decision.Next;
        foreach (var effect in decision.Effects.TakeWhile(_ => !IsOver))
        {
            Perform(run, effect);
        }
    }

    private void Perform(int run, RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.AcquireSubmit e:
                After(e.After, () => Grant(() => _ledger.Acquire(Permit(run), PermitKind.Submit)));
                break;

            case RunEffect.ReleaseSubmit:
                Grant(() => _ledger.Release(Permit(run), PermitKind.Submit));
                break;

            case RunEffect.ReleaseSlot:
                Grant(() => _ledger.Release(Permit(run), PermitKind.Slot));
                break;

            case RunEffect.Submit e:
                host.Post(this, run, e.Attempt);
                break;

            case RunEffect.Settle e:
                _ledger.MarkUnconfirmed(Permit(run));
                _waiting[run] = e.Attempt;
                Perform(_settlement.Add(ModelJournal.Reference(run), e.ToLostSubmit(Target)));
                break;

            case RunEffect.Poll e:
                Ready(run, new RunFact.StateAnswered(new TaskSnapshot(e.Task, TaskState.Completed)));
                break;

            case RunEffect.Fetch:
                Ready(run, new RunFact.ResultsExtracted(Response: null, RunResults.None));
                break;
        }
    }

    private void Grant(Action action)
    {
        action();
        GrantAll();
    }

    private void GrantAll()
    {
        var grants = new List<Grant>();
        _ledger.GrantAll(world.Now.TimeOfDay, grants);
        foreach (var grant in grants)
        {
            var run = (int)grant.Permit.Value - 1;
            if (grant.Kind == PermitKind.Slot && _memory[run].Phase.IsUnconfirmed())
            {
                _ledger.MarkUnconfirmed(grant.Permit);
            }

            Ready(
                run,
                grant.Kind == PermitKind.Submit ? new RunFact.SubmitAllowed()
                    : _memory[run].Phase == RunPhase.Pending ? new RunFact.CacheMiss()
                    : new RunFact.Restarted(IsServiceNew: false)
            );
        }
    }

    private void Perform(SettlementDecision decision)
    {
        _settlement = decision.Next;
        foreach (var settled in decision.Settled)
        {
            var run = (int)settled.Run.Run;
            Ready(run, new RunFact.VerdictReached(_waiting[run], settled.Outcome));
        }

        switch (decision.Effect)
        {
            case SettlementEffect.PollLater e:
                var timer = ++_pollTimer;
                After(e.After, () => PollIf(timer == _pollTimer));
                break;

            case SettlementEffect.GetPage e:
                var page = host.List(e.Filter);
                After(host.PageTime(), () => Steps.Add(() => Perform(_settlement.TakePage(page, Now))));
                break;

            case SettlementEffect.GetTask e:
                var seen = world.State(e.Task);
                After(Second, () => Steps.Add(() => Perform(_settlement.TakeTask(seen, Now))));
                break;

            case SettlementEffect.ReadJournal e:
                Perform(_settlement.Judge(journal.Read(e), Now));
                break;
        }
    }

    private void PollIf(bool isLatest)
    {
        if (isLatest)
        {
            Perform(_settlement.Poll(Now));
        }
    }
}
