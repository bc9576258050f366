using AimmsOrchestrator.Domain.Accounts;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;
using Microsoft.Extensions.Time.Testing;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>Connections that are cut while a group is committed: it is written once, and its writer knows that it is.</summary>
[NeedsPostgreSql]
public sealed class CertainCommitTests : PostgreSqlTest
{
    [SuiteTheory]
    [InlineData(CuttingProxy.Moment.Before)]
    [InlineData(CuttingProxy.Moment.After)]
    public async Task A_group_whose_commit_was_cut_is_there_once(CuttingProxy.Moment moment)
    {
        var batch = await OpenAsync();
        using var proxy = new CuttingProxy(PostgreSqlServer.Shared.Port);
        await using var cut = Adapter.Open(proxy.Port);
        using var writer = cut.OpenWriter();

        // A connection prepares what it has run twice, and says COMMIT by name only before.
        proxy.Cut(moment);
        var outcomes = await writer.AppendAsync(
            Entries(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At))
        );

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Appended], outcomes);
        Assert.Equal(2, Adapter.Reader.Events(batch.Number, 0).Count);
    }

    [SuiteTheory]
    [InlineData(CuttingProxy.Moment.Before)]
    [InlineData(CuttingProxy.Moment.After)]
    public async Task A_batch_whose_opening_was_cut_is_there_once(CuttingProxy.Moment moment)
    {
        using var proxy = new CuttingProxy(PostgreSqlServer.Shared.Port);
        await using var cut = Adapter.Open(proxy.Port);
        using var writer = cut.OpenWriter();

        proxy.Cut(moment);
        var opened = await writer.OpenBatchAsync(SomeBatch("a"));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(opened.Id, Assert.Single(Adapter.Reader.Batches()).Id);
    }

    [SuiteTheory]
    [InlineData(1, AppendOutcome.Appended)]
    [InlineData(3, AppendOutcome.NoSlot)]
    public async Task An_intent_from_before_an_outage_is_refused(int seconds, AppendOutcome expected)
    {
        var batch = await Writer.OpenBatchAsync(SomeBatch("a") with { ServiceAddress = "http://acme" });
        var time = new StandingTime(At);
        await using var workspace = Adapter.Open(time: time);
        using var writer = workspace.OpenWriter();

        ValueTask<IReadOnlyList<AppendOutcome>> waiting;
        using (Adapter.Lock("batches"))
        {
            waiting = writer.AppendAsync([
                Intent(batch, 0),
                .. Entries(batch, 1, new RunFailed(new RunError(RunErrorKind.Broken, "a"), At)),
            ]);
            time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal([expected, AppendOutcome.Appended], await waiting);
        Assert.Equal([expected], await writer.AppendAsync([Intent(batch, 2)]));
        Assert.Equal([AppendOutcome.Appended], await writer.AppendAsync([Intent(batch, 3, time.GetUtcNow())]));

        RunEventEntry Intent(BatchRecord of, long run, DateTimeOffset? at = null) =>
            Entries(of, run, new SubmitIntended(1, at ?? At))[0] with
            {
                Ceiling = new AccountCeiling(9, 9),
            };
    }

    [SuiteFact]
    public async Task A_text_that_PostgreSQL_has_not_is_kept_with_a_picture_in_its_place()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new RunFailed(new RunError(RunErrorKind.Broken, "a\0b\ud800c"), At));

        Assert.Equal("a\u2400b\ufffdc", Assert.Single(Adapter.Reader.Runs(batch.Number)).Error!.Cause);
    }

    /// <summary>The system's timers, and clocks that the test alone moves: a slow machine is no outage.</summary>
    private sealed class StandingTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime, period);
    }
}
