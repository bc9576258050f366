using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>
/// The protocol of submits as a small program: one <see cref="ModelDriver"/>, and a loop that takes one step of it after
/// another. Everything that may happen is a choice: the order of the facts, the fate of a POST, when its task shows in the list,
/// whether a request for the list fails, and before or after which write the process dies.
/// </summary>
internal sealed class LostAnswerModel(Choices choices, Bounds bounds) : IModelHost
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly SettlementPolicy Policy = SettlementPolicy.Default;

    private readonly ModelJournal _journal = new(bounds.Runs);
    private ModelDriver _driver = null!;
    private int _lossesLeft = bounds.Losses;
    private int _crashesLeft = bounds.Crashes;
    private int _listFaultsLeft = bounds.ListFaults;
    private int _lateAnswersLeft = bounds.LateAnswers;
    private int _slowPagesLeft = bounds.SlowPages;
    private int _sleepsLeft = bounds.Sleeps;
    private bool _strangerCame;
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

            var ready = _driver.Steps;
            if (ready.Count > 0)
            {
                var next = ready.Count > 1 ? choices.Next(ready.Count) : 0;
                var take = ready[next];
                ready.RemoveAt(next);
                take();
            }
            else
            {
                // What was due while the machine slept comes late.
                var at = _driver.Timers.Next(out var due);
                World.Now = at > World.Now ? at : World.Now;
                due.ForEach(action => action());
            }

            World.MostUnconfirmed = Math.Max(World.MostUnconfirmed, Runs.Count(run => run.Phase.IsUnconfirmed()));
        }
    }

    private void Begin()
    {
        var limits = new Limits { MaxUnfinishedTasks = bounds.Runs, MaxUnconfirmedSubmits = bounds.Unconfirmed };
        _driver = new ModelDriver(this, World, _journal, limits, Policy, _machine);
        _driver.Begin();
    }

    private void Die()
    {
        _crashesLeft--;
        _driver.Stop();
        World.Now += Second * 30;
        if (bounds.Clocks)
        {
            _machine += Second * new[] { 0, 3600, -3600 }[choices.Next(3)];
        }

        Begin();
    }

    public void Commit(ModelDriver driver, int run, IReadOnlyList<RunEvent> events, Action then)
    {
        var crash = _crashesLeft > 0 ? choices.Next(3) : 0;
        if (crash == 1)
        {
            Die();
            return;
        }

        _journal.Append(run, events);
        if (crash == 2)
        {
            Die();
            return;
        }

        then();
    }

    public Reply<TaskPage> List(TaskFilter filter)
    {
        if (_listFaultsLeft == 0 || choices.Next(2) == 0)
        {
            return World.List(filter);
        }

        _listFaultsLeft--;
        return new ServiceFault(FaultKind.Overloaded, "429");
    }

    public TimeSpan PageTime()
    {
        if (_slowPagesLeft == 0 || choices.Next(2) == 0)
        {
            return Second;
        }

        _slowPagesLeft--;
        return Policy.Settle;
    }

    /// <summary>Answered; or lost, and taken at once, taken late, or never; or the process dies, and it was taken or not.</summary>
    public void Post(ModelDriver driver, int run, int attempt)
    {
        Sleep();
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
                driver.After(AnswerTime(), () => driver.Ready(run, new RunFact.SubmitAnswered(attempt, task!.Id)));
                break;

            case 1
            or 2
            or 3:
                _lossesLeft--;
                var lost = new ServiceFault(FaultKind.Unreachable, "lost") { MayHaveArrived = true };
                driver.After(Second, () => driver.Ready(run, new RunFact.SubmitAnswered(attempt, lost)));
                break;

            default:
                Die();
                break;
        }
    }

    private void Sleep()
    {
        if (_sleepsLeft > 0 && choices.Next(2) == 1)
        {
            _sleepsLeft--;
            World.Now += TimeSpan.FromHours(1);
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
}
