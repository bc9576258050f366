using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Batches.Control;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Engine;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Engine.Accounts;

/// <summary>A batch at an account whose slots other batches have.</summary>
public sealed class AccountTests : BatchTest
{
    private static readonly TaskId Elsewhere = new("elsewhere");

    private readonly Dictionary<(long Batch, long Run), Run> _others = [];
    private readonly HashSet<long> _driven = [];
    private readonly DateTimeOffset _start;

    public AccountTests()
    {
        Account = new AccountAssignment("http://acme", new FakeServiceBook(Memory, _driven));
        Limits = new Limits { MaxUnfinishedTasks = 2, Submits = new Rate(6, TimeSpan.FromMinutes(1)) };
        Runs = new FakeRuns(5);
        _start = Time.GetUtcNow();
        foreach (var scenario in new[] { "mine", "other" })
        {
            Memory.Open(Opening(scenario));
        }
    }

    [Fact]
    public async Task A_run_waits_for_a_slot_of_the_account_and_nothing_of_its_intent_stays()
    {
        await TakeAllAsync(driven: true);
        Start();
        Advance(seconds: 10);

        Assert.Equal(0, Service.Submits);
        Assert.Empty(Steps<SubmitIntended>().Skip(2));
        Assert.Equal(2, Progress.HeldAtAccount);

        await ElsewhereAsync(0, new TaskCompleted(new TaskSnapshot(Elsewhere, TaskState.Completed), Time.GetUtcNow()));
        Advance(seconds: 1);

        Assert.Equal(1, Service.Submits);
        Assert.Null(Progress.HeldAtAccount);
    }

    [Fact]
    public async Task Waiting_costs_no_attempt_and_no_part_of_a_rate()
    {
        await TakeAllAsync(driven: true);
        Start();
        for (var i = 0; i < 20; i++)
        {
            // The batch tries anew with each change of its limits, and is refused.
            Apply(new BatchControl(Limits with { MaxUnconfirmedSubmits = 1 + (i % 2) }, PausedSince: null));
            Advance(seconds: 1);
        }

        await ElsewhereAsync(0, new TaskCompleted(new TaskSnapshot(Elsewhere, TaskState.Completed), Time.GetUtcNow()));
        Advance(seconds: 55);

        Assert.Equal(5, Service.Submits);
        Assert.All(Steps<SubmitIntended>().Skip(2), intent => Assert.Equal(1, intent.Attempt));
    }

    [Fact]
    public async Task A_batch_that_waits_for_a_slot_can_be_left()
    {
        await TakeAllAsync(driven: true);
        Start();
        Advance(seconds: 5);

        Leave();
        Advance(seconds: 1);

        Assert.Equal(BatchEnd.Interrupted, (await Outcome).End);
        Assert.Equal(0, Service.Submits);
    }

    [Fact]
    public async Task A_limit_that_is_raised_lets_a_waiting_batch_go_on()
    {
        await TakeAllAsync(driven: true);
        Start();
        Advance(seconds: 5);
        Assert.Equal(0, Service.Submits);

        Apply(new BatchControl(Limits with { MaxUnfinishedTasks = 3 }, PausedSince: null));
        Advance(seconds: 1);

        Assert.Equal(1, Service.Submits);
    }

    [Fact]
    public async Task A_batch_that_asks_for_less_than_the_account_has_does_not_wait_for_the_others_to_use_less()
    {
        await TakeAllAsync(driven: true);
        Limits = Limits with
        {
            MaxUnfinishedTasks = 1,
            Account = new LimitCeilings { UnfinishedTasks = 4 },
        };
        Start();
        Advance(seconds: 1);

        Assert.Equal(1, Service.Submits);
        Assert.Null(Progress.HeldAtAccount);
    }

    [Fact]
    public async Task Slots_of_a_batch_that_was_left_come_back_once_their_tasks_have_ended()
    {
        await TakeAllAsync(driven: false);
        Start();
        Advance(seconds: 60);

        // The service does not know these tasks any more.
        Assert.Equal(5, Steps<RunCompleted>().Count);
        Assert.Contains(
            Journal.OfType<BatchWarned>(),
            warned => warned.Message?.Contains("other-1 (2)", StringComparison.Ordinal) ?? false
        );
        Assert.Null(Journal.OfType<BatchWarned>().Last().Message);
    }

    [Fact]
    public async Task A_left_slot_that_was_not_needed_comes_back_when_it_is()
    {
        await TakeAllAsync(driven: false);
        Limits = new Limits
        {
            MaxUnfinishedTasks = 1,
            Account = new LimitCeilings { UnfinishedTasks = 2 },
        };
        Service.TaskDuration = TimeSpan.FromSeconds(10);
        Start();
        Advance(seconds: 5);
        Assert.Equal(1, Service.Submits);

        // A third batch takes the slot that this one has for the time being.
        Memory.Open(Opening("third"));
        _driven.Add(3);
        await ElsewhereAsync(0, new SubmitIntended(1, Time.GetUtcNow()), batch: 3);
        await ElsewhereAsync(0, new Submitted(1, new("third"), Time.GetUtcNow()), batch: 3);
        Advance(seconds: 20);

        Assert.InRange(Service.Submits, 2, 3);
        Assert.Empty(Account!.Book.Left(1));
    }

    [Fact]
    public void A_pause_that_the_service_asks_for_is_written_for_all_batches_of_the_account()
    {
        Service.SubmitFault = n =>
            n == 1 ? new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.FromSeconds(30) } : null;
        Start();
        Advance(seconds: 5);

        Assert.Equal(TimeSpan.FromSeconds(30), Journal.OfType<ServicePaused>().Single().Until - _start);
    }

    [Fact]
    public void A_pause_of_no_length_is_not_written_and_the_submit_is_made_again()
    {
        Service.SubmitFault = n =>
            n == 1 ? new ServiceFault(FaultKind.Overloaded, "429") { RetryAfter = TimeSpan.Zero } : null;
        Start();
        Advance(seconds: 120);

        Assert.Empty(Journal.OfType<ServicePaused>());
        Assert.Equal(5, Steps<RunCompleted>().Count);
    }

    /// <summary>Another batch has both slots.</summary>
    private async Task TakeAllAsync(bool driven)
    {
        if (driven)
        {
            _driven.Add(2);
        }

        foreach (var run in new[] { 0, 1 })
        {
            await ElsewhereAsync(run, new SubmitIntended(1, Time.GetUtcNow()));
            await ElsewhereAsync(run, new Submitted(1, Elsewhere, Time.GetUtcNow()));
        }
    }

    /// <summary>Something happens to a run of another batch.</summary>
    private Task ElsewhereAsync(long run, RunEvent happened, long batch = 2)
    {
        var before = _others.GetValueOrDefault((batch, run), Run.New);
        var entry = RunEventEntry.Next(batch, FakeRuns.Run(run), before, happened);
        _others[(batch, run)] = entry.After;
        return Memory.AppendAsync([entry]).AsTask();
    }

    private static NewBatch Opening(string scenario) =>
        new()
        {
            Scenario = scenario,
            Fingerprint = "f",
            Source = "",
            SourceFile = $"{scenario}.yaml",
            Attachments = new Dictionary<string, ReadOnlyMemory<byte>>(),
            ServiceAddress = "http://acme",
            ParameterNames = [],
            ResultNames = [],
            At = default,
        };
}
