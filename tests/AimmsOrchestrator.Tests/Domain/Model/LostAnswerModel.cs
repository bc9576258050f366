using AimmsOrchestrator.Domain.Policies;
using AimmsOrchestrator.Domain.Results;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Model;

/// <summary>
/// The protocol of submits as a small program: the real rules, the real ledger of permits, and in place of the actors a
/// loop that takes one ready fact after another. Everything that may happen is a choice: in which order facts are taken,
/// what becomes of a POST, when its task shows in the list, and before or after which write the process dies.
/// </summary>
internal sealed class LostAnswerModel(
    Choices choices,
    int runs,
    int unconfirmed,
    Stranger stranger,
    int losses,
    int crashes
)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TaskTarget Target = new("solve");
    private static readonly SettlementPolicy Policy = SettlementPolicy.Default;
    private static readonly RunRules Rules = new(PollPolicy.Every(Second), RetryPolicy.Default);

    private readonly List<(int Run, RunEvent Event)> _journal = [];
    private readonly List<(int Run, RunFact Fact)> _ready = [];
    private readonly SortedList<DateTimeOffset, List<Action>> _timers = [];
    private readonly Dictionary<int, RunEffect.Settle> _unknown = [];
    private Run[] _memory = [];
    private PermitLedger _ledger = new(new Limits());
    private ListSnapshot? _latest;
    private ListSnapshot? _before;
    private int _looks;
    private int _lossesLeft = losses;
    private int _crashesLeft = crashes;
    private bool _strangerCame;
    private int _drive;

    public World World { get; } = new();

    /// <summary>The runs in the end, from what is on disk.</summary>
    public Run[] Runs => [.. Enumerable.Range(0, runs).Select(Kept)];

    /// <summary>What was made of a run's lost answers.</summary>
    public IEnumerable<SettlementVerdict> Verdicts =>
        _journal.Select(entry => entry.Event).OfType<SubmitSettled>().Select(settled => settled.Verdict);

    /// <summary>What happened, for a person who wants to know why.</summary>
    public string Story =>
        string.Join('\n', _journal.Select(entry => $"{entry.Run}: {entry.Event}"))
        + string.Concat(World.Tasks.Select(task => $"\n{task}"));

    /// <summary>Whose question the answer of a completed run answers.</summary>
    public int AnswerOf(int run) => World.Tasks.First(task => task.Id == Runs[run].TaskId).Owner;

    /// <summary>Goes on until every run has ended.</summary>
    /// <exception cref="InvalidOperationException">It does not come to an end.</exception>
    public void Run()
    {
        if (stranger == Stranger.Busy)
        {
            World.Tasks.Add(new ModelTask(new TaskId("busy"), -1, World.Now.AddMinutes(-1), World.Now.AddMinutes(-1)));
        }

        Begin();
        for (var steps = 0; Runs.Any(run => !run.Phase.IsEnded()); steps++)
        {
            if (steps > 500)
            {
                throw new InvalidOperationException("It does not come to an end.");
            }

            if (_ready.Count > 0)
            {
                var place = _ready.Count > 1 ? choices.Next(_ready.Count) : 0;
                var (run, fact) = _ready[place];
                _ready.RemoveAt(place);
                Take(run, fact);
            }
            else
            {
                World.Now = _timers.Keys[0];
                var due = _timers.Values[0];
                _timers.RemoveAt(0);
                due.ForEach(action => action());
            }

            var open = Enumerable.Range(0, runs).Count(run => Kept(run).Phase.IsUnconfirmed());
            World.MostUnconfirmed = Math.Max(World.MostUnconfirmed, open);
        }
    }

    private static PermitId Permit(int run) => new(run + 1);

    private Run Kept(int run) =>
        AimmsOrchestrator.Domain.Runs.Run.FromEvents(_journal.Where(entry => entry.Run == run).Select(e => e.Event));

    /// <summary>A process begins: what is in memory comes from disk, unknown fates first.</summary>
    private void Begin()
    {
        _drive++;
        _ready.Clear();
        _timers.Clear();
        _unknown.Clear();
        (_latest, _before, _looks) = (null, null, 0);
        _ledger = new PermitLedger(new Limits { MaxUnfinishedTasks = runs, MaxUnconfirmedSubmits = unconfirmed });
        _memory = Runs;
        for (var run = 0; run < runs; run++)
        {
            if (_memory[run].Phase.IsUnconfirmed())
            {
                _ledger.MarkUnconfirmed(Permit(run));
            }

            _ledger.Acquire(Permit(run), PermitKind.Slot);
        }

        _ledger.GrantAll(TimeSpan.Zero, []);
        for (var run = 0; run < runs; run++)
        {
            RunFact first = _memory[run].Phase switch
            {
                RunPhase.Pending => new RunFact.CacheMiss(),
                _ => new RunFact.Restarted(IsServiceNew: false),
            };
            _ready.Add((run, first));
        }
    }

    private void Die()
    {
        _crashesLeft--;
        World.Now += Second * 30;
        Begin();
    }

    private void Take(int run, RunFact fact)
    {
        var decision = Rules.Integrate(_memory[run], fact, World.Now, chance: 0);
        if (decision.Events.Count > 0)
        {
            var crash = _crashesLeft > 0 ? choices.Next(3) : 0;
            if (crash == 1)
            {
                Die();
                return;
            }

            _journal.AddRange(decision.Events.Select(step => (run, step)));
            if (crash == 2)
            {
                Die();
                return;
            }
        }

        _memory[run] = decision.Next;
        var drive = _drive;
        foreach (var effect in decision.Effects.TakeWhile(_ => drive == _drive))
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
                _unknown[run] = e;
                (_latest, _before, _looks) = (null, null, 0);
                LookLater();
                break;

            case RunEffect.Poll e:
                _ready.Add((run, new RunFact.StateAnswered(new TaskSnapshot(e.Task, TaskState.Completed))));
                break;

            case RunEffect.Fetch:
                _ready.Add((run, new RunFact.ResultsExtracted(Response: null, RunResults.None)));
                break;
        }
    }

    private void Grant(Action action)
    {
        action();
        var grants = new List<Grant>();
        _ledger.GrantAll(World.Now.TimeOfDay, grants);
        _ready.AddRange(
            grants
                .Where(g => g.Kind == PermitKind.Submit)
                .Select(g => ((int)g.Permit.Value - 1, (RunFact)new RunFact.SubmitAllowed()))
        );
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
                After(Second, () => _ready.Add((run, new RunFact.SubmitAnswered(attempt, task!.Id))));
                break;

            case 1
            or 2
            or 3:
                _lossesLeft--;
                var lost = new ServiceFault(FaultKind.Unreachable, "lost") { MayHaveArrived = true };
                After(Second, () => _ready.Add((run, new RunFact.SubmitAnswered(attempt, lost))));
                break;

            default:
                Die();
                break;
        }
    }

    private void LetStrangerIn()
    {
        if (stranger != Stranger.Nobody && !_strangerCame)
        {
            _strangerCame = true;
            World.Take(-1, TimeSpan.Zero, TimeSpan.Zero);
        }
    }

    private void LookLater() => After(Policy.WaitAfter(_looks), Look);

    private void Look()
    {
        if (_unknown.Count == 0)
        {
            return;
        }

        var known = _journal
            .Select(entry => (entry.Event as Submitted)?.Task ?? (entry.Event as SubmitSettled)?.Task)
            .ToHashSet();
        _looks++;
        _before = _latest;
        _latest = new ListSnapshot
        {
            Orphans =
            [
                .. World
                    .Tasks.Where(task => task.ListedFrom <= World.Now && task.CreatedAt <= World.Now)
                    .Where(task => !known.Contains(task.Id))
                    .Select(task => new TaskSnapshot(task.Id, TaskState.Running) { CreatedAt = task.CreatedAt }),
            ],
            Missing = [],
            IsComplete = true,
            At = World.Now,
        };
        var lost = _unknown.ToList();
        var rivals = Enumerable
            .Range(0, runs)
            .Where(run => !_unknown.ContainsKey(run) && Kept(run).Phase.IsUnconfirmed())
            .Select(run => Submit(Kept(run).IntendedAt!.Value, World.Now.AddYears(1)));
        var ambiguous = _journal
            .Where(entry => entry.Event is SubmitSettled { Verdict: SettlementVerdict.Ambiguous })
            .Select(entry => Submit(Kept(entry.Run).IntendedAt!.Value, World.Now.AddYears(1)));
        var verdicts = new SettlementRules(Policy).Judge(
            [.. lost.Select(l => Submit(l.Value.IntendedAt, l.Value.LostAt))],
            [.. rivals],
            [.. ambiguous],
            _latest,
            _before,
            _looks,
            World.Now
        );
        foreach (var ((run, settle), verdict) in lost.Zip(verdicts))
        {
            if (verdict is not null)
            {
                _unknown.Remove(run);
                _ready.Add((run, new RunFact.VerdictReached(settle.Attempt, verdict)));
            }
        }

        LookLater();
    }

    private static LostSubmit Submit(DateTimeOffset intendedAt, DateTimeOffset now) =>
        LostSubmit.Of(Target, intendedAt, now);

    private void After(TimeSpan wait, Action action)
    {
        var drive = _drive;
        var at = World.Now + (wait > TimeSpan.Zero ? wait : TimeSpan.FromTicks(1));
        if (!_timers.TryGetValue(at, out var due))
        {
            _timers.Add(at, due = []);
        }

        due.Add(() =>
        {
            if (drive == _drive)
            {
                action();
            }
        });
    }
}
