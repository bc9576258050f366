using AimmsOrchestrator.Domain.Batches;
using AimmsOrchestrator.Domain.Journaling;
using AimmsOrchestrator.Domain.Runs;
using AimmsOrchestrator.Domain.Workspaces;
using AimmsOrchestrator.Tests.Testing;

namespace AimmsOrchestrator.Tests.Server.Events;

/// <summary>A batch of a server's workspace that another process drives: the test writes its journal.</summary>
internal sealed class DrivenElsewhere : IDisposable
{
    private readonly IJournalWriter _writer;
    private readonly IBatchClaim _claim;

    private DrivenElsewhere(BatchRecord batch, IJournalWriter writer, IBatchClaim claim)
    {
        (_writer, _claim) = (writer, claim);
        Batch = batch;
    }

    public BatchRecord Batch { get; }

    public static async Task<DrivenElsewhere> BeginAsync(IWorkspace workspace, string scenario)
    {
        var writer = workspace.OpenWriter();
        var batch = await writer.OpenBatchAsync(
            new NewBatch
            {
                Scenario = scenario,
                Fingerprint = "f",
                Source = $"name: {scenario}",
                SourceFile = $"{scenario}.yaml",
                Attachments = new Dictionary<string, ReadOnlyMemory<byte>>(),
                ServiceAddress = "emulator",
                ParameterNames = [],
                ResultNames = [],
                At = TimeProvider.System.GetUtcNow(),
            }
        );
        return new DrivenElsewhere(batch, writer, workspace.TryClaim(batch, TimeProvider.System)!);
    }

    /// <summary>As many of its runs fail, from the first one on, all in the same moment.</summary>
    public Task FailAsync(int count, DateTimeOffset at)
    {
        var failed = new RunFailed(new RunError(RunErrorKind.Rejected, new string('x', 400)), at);
        return AppendAsync([.. Enumerable.Range(0, count).Select(index => Entry(index, failed))]);
    }

    public Task EndAsync(BatchEnd end, DateTimeOffset at) =>
        AppendAsync([new BatchEnded(Batch.Number, end, Reason: null, at) { Epoch = _claim.Epoch }]);

    /// <summary>Its process is done with it.</summary>
    public void Leave() => _claim.Dispose();

    public void Dispose()
    {
        _claim.Dispose();
        _writer.Dispose();
    }

    private RunEventEntry Entry(long run, RunEvent happened) =>
        RunEventEntry.Next(Batch.Number, FakeRuns.Run(run), Run.New, happened) with
        {
            Epoch = _claim.Epoch,
        };

    private async Task AppendAsync(IReadOnlyList<JournalEntry> entries) =>
        Assert.All(await _writer.AppendAsync(entries), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
}
