using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.Settlement.Submits;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Domain.Workspaces;

namespace AimmsOrchestrator.Tests.Domain.Settlement.Model;

/// <summary>
/// Drivers over one database: the one that has the batch may be frozen before each of its steps, and between what it writes and
/// what follows from that. It thaws within its lease, before it is taken for dead, or after another driver has taken the batch
/// over, at any step of that one. The lease's question and the POST itself are one step: a freeze between these two is the
/// remaining risk.
/// </summary>
internal sealed class TakeOverModel(Choices choices, TakeOverBounds bounds) : IModelHost
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Crawl = LostSubmit.LongestSubmit - (Second * 5);

    private readonly ModelJournal _journal = new(bounds.Runs);
    private readonly List<ModelNode> _nodes = [];
    private readonly List<string> _story = [];
    private int _freezesLeft = bounds.Freezes;
    private int _lossesLeft = bounds.Losses;
    private int _crawlsLeft = bounds.Crawls;

    public World World { get; } = new();

    public Run[] Runs => _journal.Runs;

    /// <summary>How often the journal refused what a driver wrote.</summary>
    public int Refused { get; private set; }

    /// <summary>How often a lease kept a submit back.</summary>
    public int Withheld { get; private set; }

    /// <summary>The most tasks that were unfinished at one moment, by the service's books.</summary>
    public int MostUnfinished { get; private set; }

    public string Story => string.Join('\n', _story) + string.Concat(World.Tasks.Select(task => $"\n{task}"));

    /// <summary>Continues until every run has ended, and lets a driver thaw that is still frozen then.</summary>
    public void Run()
    {
        World.HeaderClock = choices.Next(2) == 0 ? TimeSpan.Zero : null;
        TakeOver();
        for (var steps = 0; Runs.Any(run => !run.Phase.IsEnded()); steps++)
        {
            Assert.InRange(steps, 0, 500);
            Next();
        }

        while (_nodes.Find(node => node.Frozen is not null) is { } left)
        {
            Thaw(left);
        }

        for (var steps = 0; steps < 10 && _nodes.Exists(IsBusy); steps++)
        {
            Next();
        }
    }

    public void Commit(ModelDriver driver, int run, IReadOnlyList<RunEvent> events, Action then)
    {
        var node = NodeOf(driver);
        if (bounds.Freezes > 1)
        {
            ThawOne();
            FreezeOr(node, () => Write(node, run, events, then));
        }
        else
        {
            Write(node, run, events, then);
        }
    }

    /// <summary>Answered; or lost, and taken or not; or taken so late that the client has almost given it up.</summary>
    public void Post(ModelDriver driver, int run, int attempt)
    {
        var node = NodeOf(driver);
        if (bounds.IsLeased && !node.Lease.MaySend)
        {
            Withheld++;
            var withheld = new ServiceFault(FaultKind.Withheld, "withheld");
            driver.Ready(run, new RunFact.SubmitAnswered(attempt, withheld));
            return;
        }

        var fates = 1 + (_lossesLeft > 0 ? 2 : 0) + (_crawlsLeft > 0 ? 1 : 0);
        var fate = fates > 1 ? choices.Next(fates) : 0;
        if (fate > 0 && _lossesLeft == 0)
        {
            fate += 2;
        }

        var isCrawling = fate == 3;
        var task = fate == 2 ? null : World.Take(run, isCrawling ? Crawl : TimeSpan.Zero, TimeSpan.Zero);
        _story.Add($"{World.Now:mm:ss} driver {node.Epoch}, run {run}: POST, fate {fate}");
        if (fate is 1 or 2)
        {
            _lossesLeft--;
            var lost = new ServiceFault(FaultKind.Unreachable, "lost") { MayHaveArrived = true };
            driver.After(Second, () => driver.Ready(run, new RunFact.SubmitAnswered(attempt, lost)));
        }
        else
        {
            _crawlsLeft -= isCrawling ? 1 : 0;
            var answer = isCrawling ? Crawl : Second;
            driver.After(answer, () => driver.Ready(run, new RunFact.SubmitAnswered(attempt, task!.Id)));
        }

        // Its answer is some time away: the next step comes too late.
        FreezeOr(node, static () => { });
    }

    public Reply<TaskPage> List(TaskFilter filter) => World.List(filter);

    public TimeSpan PageTime() => Second;

    private void Write(ModelNode node, int run, IReadOnlyList<RunEvent> events, Action then)
    {
        if (node.Epoch != _nodes.Count)
        {
            Refused++;
            node.Driver.Stop();
            return;
        }

        _journal.Append(run, events);
        _story.AddRange(events.Select(happened => $"{World.Now:mm:ss} driver {node.Epoch}, run {run}: {happened}"));
        Assert.InRange(Runs.Count(one => one.Phase.MayHoldSlot()), 0, bounds.Slots);
        FreezeOr(node, then);
    }

    private static bool IsBusy(ModelNode node) =>
        node.IsRunning && (node.Driver.Steps.Count > 0 || !node.Driver.Timers.IsEmpty);

    private ModelNode NodeOf(ModelDriver driver) => _nodes.Find(node => node.Driver == driver)!;

    private void Sign(ModelNode node) => node.Sign(!bounds.ReadsClaims || node.Epoch == _nodes.Count);

    /// <summary>One step of a driver, or of the time; or a frozen driver thaws.</summary>
    private void Next()
    {
        if (bounds.Freezes == 1 && ThawOne())
        {
            return;
        }

        // One that was taken over from comes first: it thaws at every step of its successor, and so no order is left out.
        if (_nodes.Find(node => node.IsRunning && node.Driver.Steps.Count > 0) is { } node)
        {
            var steps = node.Driver.Steps;
            var next = node == _nodes[^1] && steps.Count > 1 ? choices.Next(steps.Count) : 0;
            var step = steps[next];
            steps.RemoveAt(next);
            if (bounds.Freezes > 1)
            {
                step();
            }
            else
            {
                FreezeOr(node, step);
            }
        }
        else
        {
            var waiting = _nodes.Where(one => one.IsRunning && !one.Driver.Timers.IsEmpty);
            var timers = waiting.MinBy(one => one.Driver.Timers.NextAt)!.Driver.Timers;
            Pass(timers.NextAt - World.Now);
            timers.Next(out var due);
            due.ForEach(action => action());
        }

        CheckTasks();
    }

    private bool ThawOne()
    {
        if (_nodes.Find(node => node.Frozen is not null) is { } frozen && choices.Next(2) == 1)
        {
            Thaw(frozen);
            return true;
        }

        return false;
    }

    /// <summary>The driver that has the batch does something, or is frozen before it.</summary>
    private void FreezeOr(ModelNode node, Action step)
    {
        if (_freezesLeft == 0 || node != _nodes[^1] || choices.Next(2) == 0)
        {
            step();
            return;
        }

        _freezesLeft--;
        node.Frozen = step;
        var length = bounds.Freezes > 1 ? 2 : choices.Next(4);
        _story.Add($"{World.Now:mm:ss} driver {node.Epoch} is frozen, {length}");
        switch (length)
        {
            case 0:
                Pass(OwnershipTimes.Lease / 2);
                Thaw(node);
                break;

            case 1:
                Pass((OwnershipTimes.Lease + OwnershipTimes.DeadAfter) / 2);
                Thaw(node);
                break;

            default:
                Pass(length == 2 ? OwnershipTimes.DeadAfter : Second * 60);
                TakeOver();
                break;
        }
    }

    private void Thaw(ModelNode node)
    {
        _story.Add($"{World.Now:mm:ss} driver {node.Epoch} thaws");
        var step = node.Frozen!;
        node.Frozen = null;
        if (choices.Next(2) == 0)
        {
            Sign(node);
        }

        step();
        CheckTasks();
    }

    private void TakeOver()
    {
        var clock = bounds.Clocks && _nodes.Count > 0 ? Second * new[] { 0, 3600, -3600 }[choices.Next(3)] : default;
        var limits = new Limits { MaxUnfinishedTasks = bounds.Slots, MaxUnconfirmedSubmits = 1 };
        var policy = SettlementPolicy.Default.After(bounds.Waits ? OwnershipTimes.Lease : null);
        var driver = new ModelDriver(this, World, _journal, limits, policy, clock);
        _nodes.Add(new ModelNode(driver, _nodes.Count + 1, World));
        Sign(_nodes[^1]);
        driver.Begin();
    }

    /// <summary>Whatever runs gives its signs of life meanwhile.</summary>
    private void Pass(TimeSpan time)
    {
        for (var until = World.Now + time; World.Now < until; )
        {
            World.Now += until - World.Now < OwnershipTimes.Lease ? until - World.Now : OwnershipTimes.Lease;
            foreach (var node in _nodes.Where(node => node.IsRunning))
            {
                Sign(node);
            }
        }
    }

    private void CheckTasks()
    {
        var unfinished = World.Tasks.Count(task =>
            task.CreatedAt <= World.Now
            && !(Runs[task.Owner].TaskId == task.Id && Runs[task.Owner].Phase > RunPhase.AtService)
        );
        MostUnfinished = Math.Max(MostUnfinished, unfinished);
    }
}
