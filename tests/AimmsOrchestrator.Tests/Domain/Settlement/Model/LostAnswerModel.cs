using AimmsOrchestrator.Domain.Estimates;
using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Runs.Rules;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>
/// The protocol of submits as a small program: the real rules of a run, the real settlement, the real ledger of permits,
/// and in place of the actors a loop that takes one ready fact after another. Everything that may happen is a choice: the
/// order of the facts, the fate of a POST, when its task shows in the list, whether a request for the list fails, and
/// before or after which write the process dies.
/// </summary>
internal sealed class LostAnswerModel(Choices choices, Bounds bounds)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TaskTarget Target = new("solve");
    private static readonly SettlementPolicy Policy = SettlementPolicy.Default;
    private static readonly RunRules Rules = new(PollPolicy.Every(Second), RetryPolicy.Default);

    private readonly ModelJournal _journal = new(bounds.Runs);
    private readonly List<Action> _ready = [];
    private readonly ModelTimers _timers = new();
    private readonly Dictionary<int, int> _waiting = [];
    private Run[] _memory = [];
    private PermitLedger _ledger = new(new Limits());
    private SettlementState _settlement = new(Policy, default);
    private int _pollTimer;
    private int _lossesLeft = bounds.Losses;
    private int _crashesLeft = bounds.Crashes;
    private int _listFaultsLeft = bounds.ListFaults;
    private int _lateAnswersLeft = bounds.LateAnswers;
    private bool _strangerCame;
    private int _process;
    private TimeSpan _machine;

    public World World { get; } = new();

    /// <summary>The runs in the end, from what is on disk.</summary>
    public Run[] Runs => _journal.Runs;

    /// <summary>The verdicts on the lost answers.</summary>
    public IEnumerable<SettlementVerdict> Verdicts =>
        _journal.Events.Select(entry => entry.Event).OfType<SubmitSettled>().Select(settled => settled.Verdict);

    /// <summary>What happened, for a person who wants to know why.</summary>
    public string Story =>
        string.Join('\n', _journal.Events.Select(entry => $"{entry.Run}: {entry.Event}"))
        + string.Concat(World.Tasks.Select(task => $"\n{task}"));

    /// <summary>The run whose POST made the task that a completed run has its answer from.</summary>
    public int AnswerOf(int run) => World.Tasks.First(task => task.Id == Runs[run].TaskId).Owner;

    /// <summary>Continues until every run has ended.</summary>
    /// <exception cref="InvalidOperationException">The runs do not end.</exception>
    public void Run()
    {
        if (bounds.Clocks)
        {
            World.CreationClock = Second * new[] { 0, -10, 3600 }[choices.Next(3)];
            World.HeaderClock = choices.Next(2) == 0 ? TimeSpan.Zero : null;
        }

        if (bounds.Stranger == Stranger.Busy)
        {
            World.Tasks.Add(new ModelTask(new TaskId("busy"), -1, World.Now.AddMinutes(-1), World.Now.AddMinutes(-1)));
        }

        Begin();
        for (var steps = 0; Runs.Any(run => !run.Phase.IsEnded()); steps++)
        {
            if (steps > 500)
            {
                throw new InvalidOperationException("The runs do not end.");
            }

            if (_ready.Count > 0)
            {
                var next = _ready.Count > 1 ? choices.Next(_ready.Count) : 0;
                var take = _ready[next];
                _ready.RemoveAt(next);
                take();
            }
            else
            {
                World.Now = _timers.Next(out var due);
                due.ForEach(action => action());
            }

            World.MostUnconfirmed = Math.Max(World.MostUnconfirmed, Runs.Count(run => run.Phase.IsUnconfirmed()));
        }
    }

    /// <summary>This machine's clock.</summary>
    private DateTimeOffset Now => World.Now + _machine;

    private static PermitId Permit(int run) => new(run + 1);

    /// <summary>A process begins: it reads the runs from disk, and those with an unknown fate come first.</summary>
    private void Begin()
    {
        _process++;
        _ready.Clear();
        _timers.Clear();
        _waiting.Clear();
        _settlement = new SettlementState(Policy, Now);
        _ledger = new PermitLedger(
            new Limits { MaxUnfinishedTasks = bounds.Runs, MaxUnconfirmedSubmits = bounds.Unconfirmed }
        );
        _memory = [.. Runs];
        for (var run = 0; run < bounds.Runs; run++)
        {
            if (_memory[run].Phase.IsUnconfirmed())
            {
                _ledger.MarkUnconfirmed(Permit(run));
            }

            _ledger.Acquire(Permit(run), PermitKind.Slot);
        }

        _ledger.GrantAll(TimeSpan.Zero, []);
        for (var run = 0; run < bounds.Runs; run++)
        {
            RunFact first = _memory[run].Phase switch
            {
                RunPhase.Pending => new RunFact.CacheMiss(),
                _ => new RunFact.Restarted(IsServiceNew: false),
            };
            Ready(run, first);
        }
    }

    private void Die()
    {
        _crashesLeft--;
        World.Now += Second * 30;
        if (bounds.Clocks)
        {
            _machine += Second * new[] { 0, 3600, -3600 }[choices.Next(3)];
        }

        Begin();
    }

    private void Ready(int run, RunFact fact) => _ready.Add(() => Take(run, fact));

    private void Take(int run, RunFact fact)
    {
        var decision = Rules.Integrate(_memory[run], fact, new RunMoment(Now, Jitter: 0, TypicalDurations.Unknown));
        if (decision.Events.Count > 0)
        {
            var crash = _crashesLeft > 0 ? choices.Next(3) : 0;
            if (crash == 1)
            {
                Die();
                return;
            }

            _journal.Append(run, decision.Events);
            if (crash == 2)
            {
                Die();
                return;
            }
        }

        _memory[run] = decision.Next;
        var process = _process;
        foreach (var effect in decision.Effects.TakeWhile(_ => process == _process))
        {
            Perform(run, effect);
        }
    }

    private void Perform(int run, RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.AskToSubmit e:
                After(e.After, () => Grant(() => _ledger.Acquire(Permit(run), PermitKind.Submit)));
                break;

            case RunEffect.ReleaseSubmit:
                Grant(() => _ledger.Release(Permit(run), PermitKind.Submit));
                break;

            case RunEffect.Submit e:
                Post(run, e.Attempt);
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
        var grants = new List<Grant>();
        _ledger.GrantAll(World.Now.TimeOfDay, grants);
        foreach (var grant in grants.Where(grant => grant.Kind == PermitKind.Submit))
        {
            Ready((int)grant.Permit.Value - 1, new RunFact.SubmitAllowed());
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
                var page = List(e.Filter);
                After(Second, () => _ready.Add(() => Perform(_settlement.TakePage(page, Now))));
                break;

            case SettlementEffect.GetTask e:
                var seen = World.State(e.Task);
                After(Second, () => _ready.Add(() => Perform(_settlement.TakeTask(seen, Now))));
                break;

            case SettlementEffect.ReadJournal e:
                Perform(_settlement.Judge(_journal.Read(e), Now));
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

    private Reply<TaskPage> List(TaskFilter filter)
    {
        if (_listFaultsLeft == 0 || choices.Next(2) == 0)
        {
            return World.List(filter);
        }

        _listFaultsLeft--;
        return new ServiceFault(FaultKind.Overloaded, "429");
    }

    /// <summary>Answered; or lost, and taken at once, taken late, or never; or the process dies, and it was taken or not.</summary>
    private void Post(int run, int attempt)
    {
        var fates = 1 + (_lossesLeft > 0 ? 3 : 0) + (_crashesLeft > 0 ? 2 : 0);
        var fate = fates > 1 ? choices.Next(fates) : 0;
        if (fate > 0 && _lossesLeft == 0)
        {
            fate += 3;
        }

        var isTaken = fate is 0 or 1 or 2 or 4;
        var unlisted = isTaken && fate > 0 && choices.Next(2) == 1 ? Policy.Settle - (Second * 5) : TimeSpan.Zero;
        var task = isTaken ? World.Take(run, fate == 2 ? Second * 3 : TimeSpan.Zero, unlisted) : null;
        if (fate > 0)
        {
            LetStrangerIn();
        }

        switch (fate)
        {
            case 0:
                After(AnswerTime(), () => Ready(run, new RunFact.SubmitAnswered(attempt, task!.Id)));
                break;

            case 1
            or 2
            or 3:
                _lossesLeft--;
                var lost = new ServiceFault(FaultKind.Unreachable, "lost") { MayHaveArrived = true };
                After(Second, () => Ready(run, new RunFact.SubmitAnswered(attempt, lost)));
                break;

            default:
                Die();
                break;
        }
    }

    private TimeSpan AnswerTime()
    {
        if (_lateAnswersLeft == 0 || choices.Next(2) == 0)
        {
            return Second;
        }

        _lateAnswersLeft--;
        return Policy.Settle * 2;
    }

    private void LetStrangerIn()
    {
        if (bounds.Stranger != Stranger.None && !_strangerCame)
        {
            _strangerCame = true;
            World.Take(-1, TimeSpan.Zero, TimeSpan.Zero);
        }
    }

    private void After(TimeSpan wait, Action action)
    {
        var process = _process;
        _timers.Add(
            World.Now,
            wait,
            () =>
            {
                if (process == _process)
                {
                    action();
                }
            }
        );
    }
}
