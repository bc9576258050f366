using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Planning;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Settlement;
using AimmsOrchestrator.Domain.TaskService;
using AimmsOrchestrator.Domain.Throttling;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using CsCheck;

namespace AimmsOrchestrator.Tests.Journal.Suites;

/// <summary>The limits of an account, as a law of the journal.</summary>
public abstract class ServiceBookSuite(IJournalAdapter adapter) : JournalSuite(adapter)
{
    private static readonly Gen<(int Batch, int[] Choices)[]> Lives = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 10_000].Array[1, 12]
    ).Array[1, 12];

    private readonly IJournalAdapter _adapter = adapter;

    [SuiteFact]
    public async Task Batches_at_one_account_share_its_slots_however_the_address_is_spelt()
    {
        var (one, other) = (await OpenAtAsync("http://Acme:8080/pro"), await OpenAtAsync("http://acme:8080/pro/"));

        Assert.Equal(AppendOutcome.Appended, await IntendAsync(one, 0, tasks: 2));
        await AppendAsync(one, 0, new Submitted(1, Task, At));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(other, 0, tasks: 2));
        await AppendAsync(other, 0, new Submitted(1, new TaskId("b"), At));

        Assert.Equal(AppendOutcome.NoSlot, await IntendAsync(one, 1, tasks: 2));
        Assert.Empty(History.Events(one.Number, 1));
        Assert.Equal(new AccountUse(2, 0, 0), Use(one));
        Assert.Equal(Use(one), Use(other));
    }

    [SuiteTheory]
    [InlineData("http://acme:8081")]
    [InlineData("https://acme:8080")]
    [InlineData("http://acme:8080/other")]
    public async Task Another_account_has_slots_of_its_own(string address)
    {
        var (one, other) = (await OpenAtAsync("http://acme:8080"), await OpenAtAsync(address));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(one, 0, tasks: 1));

        Assert.Equal(AppendOutcome.Appended, await IntendAsync(other, 0, tasks: 1));
    }

    [SuiteFact]
    public async Task An_emulator_of_the_batchs_own_is_shared_with_no_other()
    {
        var (one, other) = (await OpenAtAsync("emulator"), await OpenAtAsync("emulator"));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(one, 0, tasks: 1));

        Assert.Equal(AppendOutcome.Appended, await IntendAsync(other, 0, tasks: 1));
        using var book = _adapter.OpenServiceBook();
        Assert.Empty(book.Accounts(At));
    }

    [SuiteFact]
    public async Task Each_batch_obeys_its_own_limit_as_a_ceiling_over_the_account()
    {
        var (modest, bold) = (await OpenAtAsync(), await OpenAtAsync());
        await SubmitAsync(bold, 0);
        await SubmitAsync(bold, 1);

        Assert.Equal(AppendOutcome.NoSlot, await IntendAsync(modest, 0, tasks: 2));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(bold, 2, tasks: 3));
    }

    [SuiteFact]
    public async Task Within_one_group_each_intent_is_admitted_by_what_stands_before_it()
    {
        var batch = await OpenAtAsync();
        await SubmitAsync(batch, 0);
        var ceiling = new AccountCeiling(1, 4);
        JournalEntry[] group =
        [
            Intent(batch, 1, ceiling),
            .. Entries(batch, 0, new TaskCompleted(Ended, At)),
            Intent(batch, 2, ceiling),
            Intent(batch, 3, ceiling),
        ];

        Assert.Equal(
            [AppendOutcome.NoSlot, AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.NoSlot],
            await Writer.AppendAsync(group)
        );
    }

    [SuiteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_concerns_the_batch_as_a_whole_leaves_no_intent_of_its_group_out_of_account(bool isResumed)
    {
        var batch = await OpenAtAsync();
        await SubmitAsync(batch, 0);
        var ceiling = new AccountCeiling(2, 4);
        JournalEntry[] group =
        [
            Intent(batch, 1, ceiling),
            isResumed ? new BatchResumed(batch.Number, At) : new BatchWarned(batch.Number, "clock", "it is slow", At),
            Intent(batch, 2, ceiling),
            Intent(batch, 3, ceiling),
        ];

        Assert.Equal(
            [AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.NoSlot, AppendOutcome.NoSlot],
            await Writer.AppendAsync(group)
        );
    }

    [SuiteFact]
    public async Task Submits_under_way_are_bounded_over_all_batches()
    {
        var (one, other) = (await OpenAtAsync(), await OpenAtAsync());
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(one, 0, tasks: 9, submits: 1));

        Assert.Equal(AppendOutcome.NoSlot, await IntendAsync(other, 0, tasks: 9, submits: 1));
        await AppendAsync(one, 0, new Submitted(1, Task, At));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(other, 0, tasks: 9, submits: 1));
    }

    [SuiteFact]
    public async Task While_an_answer_is_lost_no_batch_submits()
    {
        var (one, other) = (await OpenAtAsync(), await OpenAtAsync());
        await IntendAsync(one, 0, tasks: 9);
        await AppendAsync(one, 0, new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At));
        Assert.Equal(new AccountUse(1, 1, 1), Use(other));

        Assert.Equal(AppendOutcome.NoSlot, await IntendAsync(other, 0, tasks: 9));
        await AppendAsync(one, 0, new SubmitSettled(1, SettlementVerdict.Adopted, Task, "there", At));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(other, 0, tasks: 9));
    }

    [SuiteFact]
    public async Task A_pause_that_the_service_asked_one_batch_for_holds_for_all()
    {
        var (one, other) = (await OpenAtAsync(), await OpenAtAsync());
        await Writer.AppendAsync([new ServicePaused(one.Number, At.AddSeconds(30))]);
        await Writer.AppendAsync([new ServicePaused(one.Number, At.AddSeconds(10))]);

        Assert.Equal(AppendOutcome.NoSlot, await IntendAsync(other, 0, tasks: 9, at: At.AddSeconds(29)));
        Assert.Equal(AppendOutcome.Appended, await IntendAsync(other, 1, tasks: 9, at: At.AddSeconds(30)));
        using var book = _adapter.OpenServiceBook();
        Assert.Equal(At.AddSeconds(30), Assert.Single(book.Accounts(At.AddSeconds(29))).PausedUntil);
        Assert.Null(Assert.Single(book.Accounts(At.AddSeconds(30))).PausedUntil);
    }

    [SuiteFact]
    public async Task The_slots_of_an_account_are_counted_by_batch()
    {
        var (one, other, idle) = (await OpenAtAsync(), await OpenAtAsync(), await OpenAtAsync("https://idle"));
        await SubmitAsync(one, 0);
        await SubmitAsync(other, 0);
        await SubmitAsync(other, 1);

        using var book = _adapter.OpenServiceBook();
        var accounts = book.Accounts(At);

        Assert.Equal(["http://acme", "https://idle"], accounts.Select(account => account.Name));
        Assert.Equal([KeyValuePair.Create(other.Id, 2), KeyValuePair.Create(one.Id, 1)], accounts[0].Slots);
        Assert.Empty(accounts[1].Slots);
        Assert.Equal(default, Use(idle));
    }

    [SuiteFact]
    public async Task Slots_of_a_batch_that_is_left_stay_held_until_they_are_freed()
    {
        var (left, driven, mine) = (await OpenAtAsync(), await OpenAtAsync(), await OpenAtAsync());
        await SubmitAsync(left, 0);
        await IntendAsync(left, 1, tasks: 9);
        await SubmitAsync(driven, 0);
        await SubmitAsync(mine, 0);
        using var driver = _adapter.Drive(driven);
        using var book = _adapter.OpenServiceBook();

        var slots = book.Left(mine.Number);

        Assert.Equal(
            [
                new LeftSlot(left.Id, new RunReference(left.Number, 0), 1, 0, Task, At),
                new LeftSlot(left.Id, new RunReference(left.Number, 1), 1, 0, Task: null, At),
            ],
            slots.OrderBy(slot => slot.Run.Run)
        );
        Assert.Equal(new AccountUse(4, 1, 0), Use(mine));
        Assert.All(slots, slot => Assert.True(book.Free(slot)));
        Assert.Equal(new AccountUse(2, 0, 0), Use(mine));
        Assert.All(slots, slot => Assert.False(book.Free(slot)));
        Assert.Empty(book.Left(mine.Number));
    }

    [SuiteFact]
    public async Task A_batch_that_continues_takes_its_slots_back()
    {
        var (left, mine) = (await OpenAtAsync(), await OpenAtAsync());
        await SubmitAsync(left, 0);
        using var book = _adapter.OpenServiceBook();
        var slot = Assert.Single(book.Left(mine.Number));
        Assert.True(book.Free(slot));

        var epoch = _adapter.Claim(left);
        await Writer.AppendAsync([new BatchResumed(left.Number, At) { Epoch = epoch }]);

        Assert.Equal(new AccountUse(1, 0, 0), Use(mine));
        Assert.False(book.Free(slot));
        JournalEntry end = Entries(left, 0, new TaskCompleted(Ended, At))[0] with { Epoch = epoch };
        Assert.Equal([AppendOutcome.Appended], await Writer.AppendAsync([end]));
        Assert.Equal(default, Use(mine));
    }

    [SuiteFact]
    public async Task A_batch_whose_slots_were_freed_gives_none_of_them_back_once_more_when_it_is_cancelled()
    {
        var (left, mine) = (await OpenAtAsync(), await OpenAtAsync());
        await SubmitAsync(left, 0);
        await IntendAsync(left, 1, tasks: 9);
        await AppendAsync(left, 1, new SubmitUnconfirmed(1, "lost", CountsAsAttempt: true, At));
        using var book = _adapter.OpenServiceBook();
        Assert.All(book.Left(mine.Number), slot => Assert.True(book.Free(slot)));
        Assert.Equal(default, Use(mine));

        var epoch = _adapter.Claim(left);

        Assert.Equal(new AccountUse(2, 1, 1), Use(mine));
        var settled = new SubmitSettled(1, SettlementVerdict.Ambiguous, Task: null, "not in the list", At);
        var cancelled = new RunCancelled("the batch was cancelled", At);
        JournalEntry[] ends =
        [
            .. Entries(left, 0, cancelled).Concat(Entries(left, 1, settled, cancelled)).Select(UnderTheClaim),
        ];
        Assert.All(await Writer.AppendAsync(ends), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        Assert.Equal(default, Use(mine));

        RunEventEntry UnderTheClaim(RunEventEntry entry) => entry with { Epoch = epoch };
    }

    [SuiteFact]
    public async Task Whatever_happens_to_runs_the_account_has_what_their_phases_say()
    {
        await Lives.SampleAsync(
            async lives =>
            {
                var address = $"http://box-{Guid.NewGuid():N}";
                BatchRecord[] batches =
                [
                    await OpenAtAsync(address),
                    await OpenAtAsync(address),
                    await OpenAtAsync(address),
                ];
                var expected = new AccountUse();
                for (var i = 0; i < lives.Length; i++)
                {
                    var events = new RunEventSequences().Of(lives[i].Choices).ToArray();
                    await AppendAsync(batches[lives[i].Batch], i, events);
                    expected = expected.Plus(AccountUse.Of(Run.FromEvents(events).Phase));
                }

                Assert.Equal(expected, Use(batches[0]));
                _adapter.Claim(batches[0]);
                Assert.Equal(expected, Use(batches[0]));
            },
            iter: 60,
            threads: 1
        );
    }

    [SuiteFact]
    public async Task Batches_of_one_account_tell_each_other_what_they_demand()
    {
        var (one, other, elsewhere) = (await OpenAtAsync(), await OpenAtAsync(), await OpenAtAsync("http://else"));
        var limits = new Limits
        {
            MaxUnfinishedTasks = 3,
            Submits = new Rate(6, TimeSpan.FromMinutes(1)),
            Priority = Priority.High,
            Account = new LimitCeilings { UnfinishedTasks = 8 },
        };
        var (mine, theirs) = (new Demand("a", one.Number, 2, 1, limits), new Demand("a", other.Number, 5, 0, limits));
        using var book = _adapter.OpenServiceBook();
        using var others = _adapter.OpenServiceBook();

        Assert.Empty(book.Exchange(mine, At));
        Assert.Empty(others.Exchange(new Demand("b", elsewhere.Number, 1, 0, limits), At));
        Assert.Equal([mine], others.Exchange(theirs, At.AddSeconds(2)));
        Assert.Equal([theirs], book.Exchange(mine with { Wanted = 3 }, At.AddSeconds(4)));
        Assert.Empty(book.Exchange(mine, At.AddSeconds(6)));

        others.Exchange(theirs, At.AddSeconds(7));
        others.Withdraw(other.Number);
        Assert.Empty(book.Exchange(mine, At.AddSeconds(7)));
    }

    private async Task<BatchRecord> OpenAtAsync(string address = "http://acme") =>
        await Writer.OpenBatchAsync(SomeBatch("a") with { ServiceAddress = address });

    private RunEventEntry Intent(BatchRecord batch, long run, AccountCeiling ceiling, DateTimeOffset? at = null) =>
        Attempt(batch, run, new SubmitIntended(1, at ?? At)) with
        {
            Ceiling = ceiling,
        };

    private async Task<AppendOutcome> IntendAsync(
        BatchRecord batch,
        long run,
        int tasks,
        int submits = 9,
        DateTimeOffset? at = null
    )
    {
        var intent = Intent(batch, run, new AccountCeiling(tasks, submits), at);
        var outcome = Assert.Single(await Writer.AppendAsync([intent]));
        if (outcome == AppendOutcome.Appended)
        {
            Keep(intent);
        }

        return outcome;
    }

    private Task SubmitAsync(BatchRecord batch, long run) =>
        AppendAsync(batch, run, new SubmitIntended(1, At), new Submitted(1, Task, At));

    private AccountUse Use(BatchRecord batch)
    {
        using var book = _adapter.OpenServiceBook();
        return book.UseOf(batch.Number, At.AddDays(1));
    }
}
