using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Journal.PostgreSql;
using AimmsOrchestrator.Tests.Journal.Suites;
using AimmsOrchestrator.Tests.Journal.Suites.Discovery;

namespace AimmsOrchestrator.Tests.Journal.PostgreSql;

/// <summary>Connections that are cut while a group is committed: it is written once, and its writer knows that it is.</summary>
[NeedsPostgreSql]
public sealed class CertainCommitTests : JournalSuite
{
    private readonly PostgreSqlAdapter _adapter;

    public CertainCommitTests()
        : this(new PostgreSqlAdapter()) { }

    private CertainCommitTests(PostgreSqlAdapter adapter)
        : base(adapter) => _adapter = adapter;

    [SuiteTheory]
    [InlineData(CuttingProxy.Moment.Before)]
    [InlineData(CuttingProxy.Moment.After)]
    public async Task A_group_whose_commit_was_cut_is_there_once(CuttingProxy.Moment moment)
    {
        var batch = await OpenAsync();
        using var proxy = new CuttingProxy(PostgreSqlServer.Shared.Port);
        await using var cut = PostgreSqlWorkspace.Open(
            _adapter.ConnectionBy(proxy.Port),
            _adapter.Folder,
            TimeProvider.System
        );
        using var writer = cut.OpenWriter();

        // A connection prepares what it has run twice, and says COMMIT by name only before.
        proxy.Cut(moment);
        var outcomes = await writer.AppendAsync(
            Entries(batch, 0, new SubmitIntended(1, At), new Submitted(1, Task, At))
        );

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Appended], outcomes);
        Assert.Equal(2, _adapter.Reader.Events(batch.Number, 0).Count);
    }

    [SuiteTheory]
    [InlineData(CuttingProxy.Moment.Before)]
    [InlineData(CuttingProxy.Moment.After)]
    public async Task A_batch_whose_opening_was_cut_is_there_once(CuttingProxy.Moment moment)
    {
        using var proxy = new CuttingProxy(PostgreSqlServer.Shared.Port);
        await using var cut = PostgreSqlWorkspace.Open(
            _adapter.ConnectionBy(proxy.Port),
            _adapter.Folder,
            TimeProvider.System
        );
        using var writer = cut.OpenWriter();

        proxy.Cut(moment);
        var opened = await writer.OpenBatchAsync(SomeBatch("a"));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(opened.Id, Assert.Single(_adapter.Reader.Batches()).Id);
    }

    [SuiteFact]
    public async Task A_text_that_PostgreSQL_has_not_is_kept_with_a_picture_in_its_place()
    {
        var batch = await OpenAsync();
        await AppendAsync(batch, 0, new RunFailed(new RunError(RunErrorKind.Broken, "a\0b\ud800c"), At));

        Assert.Equal("a\u2400b\ufffdc", Assert.Single(_adapter.Reader.Runs(batch.Number)).Error!.Cause);
    }
}
